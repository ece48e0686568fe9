import { collector } from './formats/collector.ts';
import { compose } from './formats/compose.ts';
import { dockerfile } from './formats/dockerfile.ts';
import { githubWorkflow } from './formats/github-workflow.ts';
import { gitlabCi } from './formats/gitlab-ci.ts';
import { grafana } from './formats/grafana.ts';
import { helm } from './formats/helm.ts';
import { kubernetes } from './formats/kubernetes.ts';
import { kustomization } from './formats/kustomization.ts';
import { kyverno } from './formats/kyverno.ts';
import { prometheus } from './formats/prometheus.ts';
import { source } from './formats/source.ts';
import { terraform } from './formats/terraform.ts';
import type { LabelledFormat } from './labelled.ts';

/** Every format that has a validator of its own tool's rules, with its labelled files. */
export const labelledFormats: readonly LabelledFormat[] = [
  terraform,
  githubWorkflow,
  gitlabCi,
  collector,
  prometheus,
  grafana,
  source,
  dockerfile,
  compose,
  kubernetes,
  kustomization,
  helm,
  kyverno,
];
