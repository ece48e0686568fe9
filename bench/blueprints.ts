import { generateArtifacts, planArtifacts } from '#main/generation/blueprints/generate.ts';
import { artifactKinds } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import { project, stacks } from '#test/unit/generation/blueprints/fixtures.ts';

/** Prints how long blueprints take and how that grows: one JSON object, times in milliseconds. */
const bases = Object.values(stacks).filter(({ kind }) => kind !== 'cli');

function projectOf(count: number): ScanResult {
  const services = Array.from({ length: count }, (_, at) => {
    const base = bases[at % bases.length];
    if (!base) throw new Error('no fixtures');
    return { ...base, name: `service-${at}`, path: `s${at}`, context: `s${at}`, lockfile: null };
  });
  return project(services);
}

/** Milliseconds for all files of a project with `count` services. */
function once(count: number): number {
  const all = projectOf(count);
  const start = performance.now();
  for (const { kind, service } of planArtifacts(all, artifactKinds))
    generateArtifacts(kind, all, service);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const rounds = (count: number, times: number) =>
  median(Array.from({ length: times }, () => once(count)));

rounds(bases.length, 20);
const hundred = rounds(100, 10);
const small = rounds(10, 60) / 10;
const large = rounds(1000, 5) / 1000;
const memoryPeakMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  JSON.stringify({ 'blueprint.ms': hundred, 'blueprint.scaling': large / small, memoryPeakMb }),
);
