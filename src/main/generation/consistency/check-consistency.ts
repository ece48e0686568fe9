import { posix } from 'node:path';
import { promqlParser } from '../validation/promql/judge-promql.ts';
import type { ComparedFile } from './claim.ts';
import { type Comparison, compareClaims } from './compare-claims.ts';
import { imageOverrides, replacedImages } from './image-overrides.ts';
import { kubernetesLinks } from './kubernetes-links.ts';
import { kyvernoLinks } from './kyverno-links.ts';
import { metricLinks } from './metric-links.ts';
import { pipelineLinks } from './pipeline-links.ts';
import { namedPlaces, placeLinks } from './pipeline-places.ts';
import { type Run, readRun } from './read-run.ts';
import { smokeTests } from './smoke-tests.ts';
import { telemetryLinks } from './telemetry-links.ts';
import { registryLinks } from './terraform-registries.ts';

/** More would hold the thread for long; a project of 200 services has fewer. */
const maxCharacters = 6_000_000;

/**
 * Whether the files of one project agree with each other: ports, images, variables, builds, and what
 * selects, deploys, measures and forbids what. It reads the files themselves, whoever wrote them,
 * holds the thread for about 5 ms a file, and needs nothing else, so that a pool's thread can run it.
 * Very large sets are not compared.
 */
export async function checkConsistency(files: readonly ComparedFile[]): Promise<Comparison> {
  const length = files.reduce((sum, { content }) => sum + content.length, 0);
  const run = length > maxCharacters ? null : await readRun(files);
  if (run === null) return { compared: 0, findings: [] };
  const { of, resources, plain, terraform, pipelines, foreign } = run;
  const commands = pipelines.flat().flatMap((job) => job.commands);
  const modules = terraform.map(({ module }) => module);
  const parts = [
    compareClaims(run.claims),
    kubernetesLinks(resources),
    ...terraform.map(({ module, workloads }) => registryLinks(module, workloads)),
    imageOverrides(of('kustomization'), commands, plain),
    ...pipelines.map((jobs) => pipelineLinks(jobs, { resources, modules, foreign })),
    ...pipelines.map((jobs) => smokeTests(jobs, run.published)),
    placeLinks(commands, namedPlaces(files, of('kustomization'), resources)),
    telemetry(run),
    await metrics(run),
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

function telemetry({ of, workloads, resources, terraform, foreign }: Run): Comparison {
  const inCloud = terraform.filter(({ isCloud }) => isCloud).flatMap((one) => one.workloads);
  return telemetryLinks(workloads, {
    resources,
    collectors: of('collector'),
    hosts: new Set([...workloads.map(({ service }) => service), ...foreign]),
    inCloud: new Set(inCloud.map(({ file }) => file)),
    cloudHosts: new Set(inCloud.map(({ service }) => service)),
  });
}

/** The grammar of PromQL is loaded only where something is measured. */
async function metrics({ of, resources, workloads, foreign }: Run): Promise<Comparison> {
  const measured = {
    rules: of('prometheus'),
    dashboards: of('grafana'),
    resources,
    workloads,
    foreign,
  };
  const isMeasured =
    measured.rules.length + measured.dashboards.length > 0 ||
    resources.some(({ resource }) => resource.kind === 'PrometheusRule');
  return isMeasured ? metricLinks(await promqlParser(), measured) : { compared: 0, findings: [] };
}
