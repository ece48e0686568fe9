import { detectFormat } from '../validation/detect-format.ts';
import { kubernetesSchema } from '../validation/kubernetes/schema.ts';
import type { TerraformModule } from '../validation/terraform/module.ts';
import type { FileFormat } from '../validation/validator.ts';
import type { Claim, ComparedFile, Workload } from './claim.ts';
import { builtBy, type ComposeFacts, composeFacts } from './compose-workloads.ts';
import { dockerfileClaims } from './dockerfile-claims.ts';
import { githubJobs } from './github-jobs.ts';
import { gitlabJobs } from './gitlab-jobs.ts';
import { type PlacedResource, patchFiles, resourcesOf } from './kubernetes-objects.ts';
import { kubernetesWorkloads } from './kubernetes-workloads.ts';
import type { PipelineJob } from './pipeline.ts';
import { pipelineClaims } from './pipeline-claims.ts';
import { chartFolders, renderedCharts } from './rendered-charts.ts';
import { cloudFolders } from './terraform-containers.ts';
import { terraformModules, terraformWorkloads } from './terraform-workloads.ts';
import { workloadClaims } from './workload-claims.ts';

/** All that the files of a project say, read once. */
export type Run = {
  readonly of: (format: FileFormat) => readonly ComparedFile[];
  readonly claims: readonly Claim[];
  readonly workloads: readonly Workload[];
  /** Objects of manifests, and those that charts render. */
  readonly plain: readonly PlacedResource[];
  readonly resources: readonly PlacedResource[];
  readonly terraform: readonly TerraformRun[];
  /** The jobs of each pipeline. */
  readonly pipelines: readonly (readonly PipelineJob[])[];
  /** Services of Compose that are not the project's own. */
  readonly foreign: ReadonlySet<string>;
  /** Ports that Compose publishes; null where one of them is not written out. */
  readonly published: ReadonlySet<string> | null;
};

/** A module of Terraform and the services that it runs. */
export type TerraformRun = {
  readonly module: TerraformModule;
  readonly workloads: readonly Workload[];
  /** Whether they run in a cloud's service for containers, and not in a cluster. */
  readonly isCloud: boolean;
};

/** Reads files as their formats; null where there is nothing to compare with each other. */
export async function readRun(files: readonly ComparedFile[]): Promise<Run | null> {
  const byFormat = Map.groupBy(files, ({ path, content }) => detectFormat(path, content));
  const of = (format: FileFormat): readonly ComparedFile[] => byFormat.get(format) ?? [];
  const isAlone = !byFormat.has('kubernetes') && !byFormat.has('helm') && byFormat.size < 2;
  if (isAlone) return null;
  const compose = of('compose').map(composeFacts);
  const builds = compose.flatMap((one) => one.builds);
  const patches = patchFiles(of('kustomization'));
  const inCharts = chartFolders(files).map((folder) => `${folder}templates/`);
  const plain = of('kubernetes')
    .filter(({ path }) => !patches.has(path) && !inCharts.some((one) => path.startsWith(one)))
    .flatMap(resourcesOf);
  const charts = byFormat.has('helm') ? renderedCharts(files, await kubernetesSchema()) : [];
  const terraform = readTerraform(of('terraform'));
  const workloads = [
    ...compose.flatMap((one) => one.workloads),
    ...kubernetesWorkloads(plain),
    ...kubernetesWorkloads(charts),
    ...terraform.flatMap((one) => one.workloads),
  ];
  const built = builtBy(builds);
  const dockerfiles = of('dockerfile').map((file) => ({
    ...file,
    service: built.get(file.path) ?? file.service,
  }));
  const services = {
    all: new Set(workloads.map(({ service }) => service)),
    ofDockerfile: new Map(
      dockerfiles.flatMap(({ path, service }) => (service === null ? [] : [[path, service]])),
    ),
  };
  const pipelines = [...of('github-workflow').map(githubJobs), ...of('gitlab-ci').map(gitlabJobs)];
  return {
    of,
    claims: [
      ...dockerfiles.flatMap(dockerfileClaims),
      ...workloads.flatMap(workloadClaims),
      ...builds,
      ...pipelines.flatMap((jobs) => pipelineClaims(jobs, services)),
    ],
    workloads,
    plain,
    resources: [...plain, ...charts],
    terraform,
    pipelines,
    foreign: new Set(compose.flatMap((one) => one.foreign)),
    published: publishedBy(compose),
  };
}

function publishedBy(compose: readonly ComposeFacts[]): Run['published'] {
  const ports = compose.flatMap((one) => one.published);
  const known = ports.filter((one) => one !== null);
  return known.length < ports.length ? null : new Set(known);
}

function readTerraform(files: readonly ComparedFile[]): readonly TerraformRun[] {
  const modules = terraformModules(files);
  const cloud = cloudFolders(modules);
  return modules.map((module) => ({
    module,
    workloads: terraformWorkloads(module),
    isCloud: cloud.has(module.folder),
  }));
}
