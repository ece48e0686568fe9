import type { Finding } from '#shared/artifact.ts';
import { validateCollector } from './collector/validate-collector.ts';
import { validateCompose } from './compose/validate-compose.ts';
import { validateDockerfile } from './dockerfile/validate-dockerfile.ts';
import { validateWorkflow } from './github-workflow/validate-workflow.ts';
import { validateGitlabCi } from './gitlab-ci/validate-gitlab-ci.ts';
import { validateGrafana } from './grafana/validate-grafana.ts';
import { validateHelm } from './helm/validate-helm.ts';
import { validateKubernetes } from './kubernetes/validate-kubernetes.ts';
import { validateKustomization } from './kustomization/validate-kustomization.ts';
import { validateKyverno } from './kyverno/validate-kyverno.ts';
import { validatePrometheus } from './prometheus/validate-prometheus.ts';
import { validateSource } from './source/validate-source.ts';
import { validateTerraform } from './terraform/validate-terraform.ts';
import { validateDockerignore } from './validate-dockerignore.ts';
import { validateDotenv } from './validate-dotenv.ts';
import type { FileFormat, TextFile, Validator } from './validator.ts';

/** A file to judge; `siblings` as {@link Validator} has them, none where it is left out. */
export type FileToValidate = TextFile & {
  readonly format: FileFormat;
  readonly siblings?: readonly TextFile[] | undefined;
};

const builtIn: Readonly<Record<FileFormat, Validator>> = {
  dockerfile: validateDockerfile,
  dockerignore: validateDockerignore,
  compose: validateCompose,
  dotenv: validateDotenv,
  kubernetes: validateKubernetes,
  kustomization: validateKustomization,
  terraform: validateTerraform,
  helm: validateHelm,
  'github-workflow': validateWorkflow,
  'gitlab-ci': validateGitlabCi,
  collector: validateCollector,
  prometheus: validatePrometheus,
  grafana: validateGrafana,
  kyverno: validateKyverno,
  source: validateSource,
};

const never = new AbortController().signal;

/**
 * What our own validators say of one file, unsorted. It holds the thread that it runs in, for about
 * 2 ms a kilobyte, and needs nothing but its input, so that a pool's thread can run it: there it has
 * no `signal`, and is cancelled by ending the thread.
 */
export function judge(
  { path, content, siblings = [], format }: FileToValidate,
  signal: AbortSignal = never,
): Promise<readonly Finding[]> {
  return builtIn[format]({ path, content, siblings }, signal);
}
