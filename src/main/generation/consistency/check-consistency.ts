import { posix } from 'node:path';
import { detectFormat } from '../validation/detect-format.ts';
import { kubernetesSchema } from '../validation/kubernetes/schema.ts';
import { promqlParser } from '../validation/promql/judge-promql.ts';
import { folderOf } from '../validation/terraform/module.ts';
import type { FileFormat } from '../validation/validator.ts';
import type { ComparedFile } from './claim.ts';
import { type Comparison, compareClaims } from './compare-claims.ts';
import { builtBy, composeFacts } from './compose-workloads.ts';
import { dockerfileClaims } from './dockerfile-claims.ts';
import { githubJobs } from './github-jobs.ts';
import { gitlabJobs } from './gitlab-jobs.ts';
import { imageOverrides, replacedImages } from './image-overrides.ts';
import { kubernetesLinks } from './kubernetes-links.ts';
import { patchFiles, resourcesOf } from './kubernetes-objects.ts';
import { kubernetesWorkloads } from './kubernetes-workloads.ts';
import { kyvernoLinks } from './kyverno-links.ts';
import { metricLinks } from './metric-links.ts';
import { pipelineClaims } from './pipeline-claims.ts';
import { pipelineLinks } from './pipeline-links.ts';
import { renderedCharts } from './rendered-charts.ts';
import { telemetryLinks } from './telemetry-links.ts';
import { cloudFolders } from './terraform-containers.ts';
import { registryLinks } from './terraform-registries.ts';
import { terraformModules, terraformWorkloads } from './terraform-workloads.ts';
import { workloadClaims } from './workload-claims.ts';

/** More would hold the thread for long; a project of 200 services has fewer. */
const maxCharacters = 6_000_000;

/**
 * Whether the files of one project agree with each other: ports, images, variables, builds, what
 * selects, deploys, measures and forbids what. It reads the files themselves, whoever wrote them,
 * holds the thread for about 5 ms a file, and needs nothing else, so that a pool's thread can run it.
 * Very large sets are not compared.
 */
export async function checkConsistency(files: readonly ComparedFile[]): Promise<Comparison> {
  const length = files.reduce((sum, { content }) => sum + content.length, 0);
  if (length > maxCharacters) return { compared: 0, findings: [] };
  const byFormat = Map.groupBy(files, ({ path, content }) => detectFormat(path, content));
  const of = (format: FileFormat): readonly ComparedFile[] => byFormat.get(format) ?? [];
  if (!byFormat.has('kubernetes') && byFormat.size < 2) return { compared: 0, findings: [] };

  const compose = of('compose').map(composeFacts);
  const composed = compose.flatMap(({ workloads }) => workloads);
  const builds = compose.flatMap((one) => one.builds);
  const foreign = new Set(compose.flatMap((one) => one.foreign));
  const built = builtBy(builds);
  const dockerfiles = of('dockerfile').map((file) => ({
    ...file,
    service: built.get(file.path) ?? file.service,
  }));
  const patches = patchFiles(of('kustomization'));
  const plain = of('kubernetes')
    .filter(({ path }) => !patches.has(path))
    .flatMap(resourcesOf);
  const charts = of('helm').length > 0 ? renderedCharts(files, await kubernetesSchema()) : [];
  const resources = [...plain, ...charts];
  const modules = terraformModules(of('terraform'));
  const inTerraform = modules.map((module) => ({ module, runs: terraformWorkloads(module) }));
  const workloads = [
    ...composed,
    ...kubernetesWorkloads(plain),
    ...kubernetesWorkloads(charts),
    ...inTerraform.flatMap(({ runs }) => runs),
  ];
  const pipelines = [...of('github-workflow').map(githubJobs), ...of('gitlab-ci').map(gitlabJobs)];
  const services = {
    all: new Set(workloads.map(({ service }) => service)),
    ofDockerfile: new Map(
      dockerfiles.flatMap(({ path, service }) =>
        service === null ? [] : [[path, service] as const],
      ),
    ),
  };
  const claims = [
    ...dockerfiles.flatMap(dockerfileClaims),
    ...workloads.flatMap(workloadClaims),
    ...builds,
    ...pipelines.flatMap((jobs) => pipelineClaims(jobs, services)),
  ];
  const measured = {
    rules: of('prometheus'),
    dashboards: of('grafana'),
    resources,
    workloads,
    foreign,
  };
  const measures =
    measured.rules.length + measured.dashboards.length > 0 ||
    resources.some(({ resource }) => resource.kind === 'PrometheusRule');
  const commands = pipelines.flat().flatMap((job) => job.commands);
  const cloud = cloudFolders(modules);
  const inCloud = new Set(
    of('terraform')
      .filter(({ path }) => cloud.has(folderOf(path)))
      .map(({ path }) => path),
  );
  const cloudHosts = new Set(inTerraform.flatMap(({ runs }) => runs.map(({ service }) => service)));
  const hosts = new Set([...services.all, ...foreign]);
  const parts = [
    compareClaims(claims),
    kubernetesLinks(resources),
    ...inTerraform.map(({ module, runs }) => registryLinks(module, runs)),
    imageOverrides(of('kustomization'), commands, plain),
    ...pipelines.map((jobs) => pipelineLinks(jobs, { resources, modules, foreign })),
    telemetryLinks(workloads, {
      resources,
      collectors: of('collector'),
      hosts,
      inCloud,
      cloudHosts,
    }),
    ...(measures ? [metricLinks(await promqlParser(), measured)] : []),
    kyvernoLinks(of('kyverno'), resources, {
      built: new Set(of('kustomization').map(({ path }) => posix.dirname(path))),
      replaced: replacedImages(of('kustomization'), commands),
    }),
  ];
  return {
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
    findings: parts.flatMap(({ findings }) => findings),
  };
}
