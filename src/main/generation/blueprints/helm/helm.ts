import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { freePath } from '../free-path.ts';
import { describedTwice } from '../kubernetes/described-twice.ts';
import { dockerfilePath, projectLabel } from '../names.ts';
import { authorsCharts, chartFiles, mergedValues } from './author-chart.ts';
import { chartValues } from './chart-values.ts';
import { valuesSchema } from './schema.ts';
import { appVersion, serviceValues } from './service-values.ts';
import { helpers } from './templates/helpers.ts';
import {
  autoscaler,
  disruptionBudget,
  extra,
  ingress,
  networkPolicy,
  service,
} from './templates/network.ts';
import { notes } from './templates/notes.ts';
import { pod } from './templates/pod.ts';
import { claim, configMap, deployment, job, serviceAccount } from './templates/workloads.ts';
import { valuesFile } from './values-file.ts';

/** The chart's files beside its values: the same for every project but for the name. */
const templates: Readonly<Record<string, (name: string) => string>> = {
  'templates/_helpers.tpl': helpers,
  'templates/_pod.tpl': pod,
  'templates/configmap.yaml': configMap,
  'templates/deployment.yaml': deployment,
  'templates/extra.yaml': extra,
  'templates/horizontalpodautoscaler.yaml': autoscaler,
  'templates/ingress.yaml': ingress,
  'templates/job.yaml': job,
  'templates/networkpolicy.yaml': networkPolicy,
  'templates/NOTES.txt': notes,
  'templates/persistentvolumeclaim.yaml': claim,
  'templates/poddisruptionbudget.yaml': disruptionBudget,
  'templates/service.yaml': service,
  'templates/serviceaccount.yaml': serviceAccount,
};

/** Files of the charts that are there: those that may be improved, and those that we may have written. */
export function helmReads(project: ScanResult): readonly string[] {
  const folders = project.existing
    .filter(({ kind, path }) => kind === 'helm' && path.endsWith('Chart.yaml'))
    .map(({ path }) => path.slice(0, -'Chart.yaml'.length));
  const own = places(project).flatMap((folder) =>
    [
      'Chart.yaml',
      'values.yaml',
      'values.schema.json',
      '.helmignore',
      ...Object.keys(templates),
    ].map((file) => folder + file),
  );
  const parts = project.existing.filter(
    ({ kind, path }) => kind === 'chart-file' && folders.some((folder) => path.startsWith(folder)),
  );
  const dockerfiles = project.services.map((one) => dockerfilePath(project, one));
  return [
    ...own,
    ...folders.flatMap((folder) => [`${folder}Chart.yaml`, `${folder}values.yaml`]),
    ...(folders.length === 0 ? [] : dockerfiles),
    ...parts.map(({ path }) => path),
  ];
}

/**
 * A chart of all services: a small set of templates that walks `services` of values.yaml. A chart of
 * the author's is never replaced: where it covers the services, it gets small changes at most.
 * @throws OmegaError `INVALID_INPUT` where nothing of the project keeps running.
 */
export function helmArtifacts(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const deployable = project.services.filter(isDeployable);
  if (deployable.length === 0) {
    throw new OmegaError(
      'INVALID_INPUT',
      'The project has no service that keeps running, so a chart would be empty.',
    );
  }
  const { texts, target } = surroundings;
  const name = projectLabel(project);
  const folder = freePlace(project, texts);
  const services = deployable.map((one) =>
    serviceValues(project, one, surroundings.target.flavour),
  );
  if (target.existing === 'improve') {
    const theirs = authorsCharts(project, texts, folder, services);
    if (theirs.length > 0) return theirs.flatMap((chart) => chartFiles(chart, texts));
  }
  const values = chartValues(services);
  const files: Readonly<Record<string, string>> = {
    'Chart.yaml': chartYaml(name),
    'values.yaml': valuesFile(values, services),
    'values.schema.json': valuesSchema(),
    '.helmignore': ignored,
    ...Object.fromEntries(Object.entries(templates).map(([path, write]) => [path, write(name)])),
  };
  const twice = describedTwice(project, target);
  return Object.entries(files).map(([file, content]): WrittenFile => {
    const path = folder + file;
    const notes = file === 'Chart.yaml' && twice.length > 0 ? { notes: twice } : {};
    const there = texts.get(path);
    const isTheirs = there !== undefined && !there.isOurs && target.existing === 'improve';
    if (!isTheirs) return { kind: 'helm', path, content, ...notes };
    const kept = file === 'values.yaml' ? mergedValues(there.content, services) : there.content;
    return { kind: 'helm', path, content: kept };
  });
}

function places(project: ScanResult): readonly [string, string, string] {
  const name = projectLabel(project);
  return [`charts/${name}/`, `deploy/helm/${name}/`, `helm-omega/${name}/`];
}

/** The first place where no chart of the author's lies; one that we wrote and the user changed is ours still. */
function freePlace(project: ScanResult, texts: Surroundings['texts']): string {
  const [first, ...others] = places(project);
  const free = [first, ...others].filter((folder) => {
    const chart = texts.get(`${folder}Chart.yaml`);
    const templatesThere = texts.get(`${folder}templates/_pod.tpl`);
    const isThere = project.existing.some(({ path }) => path === `${folder}Chart.yaml`);
    return (
      (!isThere && chart === undefined) || chart?.isOurs === true || templatesThere !== undefined
    );
  });
  const [best = 'helm-omega/chart/', ...rest] = free;
  const path = freePath(
    project,
    `${best}Chart.yaml`,
    ...rest.map((folder) => `${folder}Chart.yaml`),
  );
  return path.slice(0, -'Chart.yaml'.length);
}

function chartYaml(name: string): string {
  return `apiVersion: v2
name: ${name}
description: The services of ${name}.
type: application
# Raise it with every change of the chart.
version: 0.1.0
# The version of the services; the tag of an image that names none.
appVersion: "${appVersion}"
`;
}

const ignored = `# What "helm package" leaves out.
.git/
.gitignore
.DS_Store
*.bak
*.orig
*.swp
*.tmp
*.tgz
.idea/
.vscode/
`;
