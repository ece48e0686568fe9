import type { ScanResult } from '#shared/scan.ts';
import { type ImprovedChart, improveChart } from '../../improve/helm/improve-chart.ts';
import type { ContainerFacts, ContainerName } from '../../improve/kubernetes/facts.ts';
import { readChart } from '../../validation/helm/chart.ts';
import { kubernetesSchema } from '../../validation/kubernetes/schema.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { containerFacts } from '../kubernetes/improved.ts';
import { serviceOf } from '../kubernetes/owners.ts';

/** Charts that were improved, by folder (with its slash), and the services that none of them runs. */
export type ImprovedCharts = {
  readonly charts: readonly (readonly [folder: string, chart: ImprovedChart])[];
  readonly missing: readonly string[];
};

/**
 * Improves an author's charts: holds its thread for as long as their templates take to render, so
 * that it is called in a thread of its own.
 */
export async function improveCharts(
  project: ScanResult,
  folders: readonly string[],
  surroundings: Surroundings,
): Promise<ImprovedCharts> {
  const schema = await kubernetesSchema();
  const files = [...surroundings.texts].map(([path, { content }]) => ({ path, content }));
  const factsOf = (name: ContainerName) => chartFacts(project, name, surroundings);
  const charts = folders.map(
    (folder) => [folder, improveChart(readChart(folder, files), schema, factsOf)] as const,
  );
  const containers = charts.flatMap(([, chart]) => chart.containers);
  const run = new Set(containers.map((name) => serviceOf(project, name)?.name));
  const missing = project.services
    .filter((one) => isDeployable(one) && !run.has(one.name))
    .map(({ name }) => name);
  // A chart of one service is that service's alone.
  return { charts, missing: run.size > 2 ? missing : [] };
}

/**
 * What is known of a container of a chart. A chart is installed by many: a limit that no figures
 * speak for could end a pod of theirs, so that of an estimate only the requests are taken.
 */
function chartFacts(
  project: ScanResult,
  name: ContainerName,
  surroundings: Surroundings,
): ContainerFacts | null {
  const facts = containerFacts(project, name, surroundings);
  if (!facts?.resources || serviceOf(project, name)?.measured) return facts;
  const { limits: _limits, ...resources } = facts.resources;
  return { ...facts, resources };
}
