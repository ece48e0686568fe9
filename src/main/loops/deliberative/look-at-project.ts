import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import { checkAnywhere } from '#main/generation/consistency/check-anywhere.ts';
import type { Drift } from '#main/generation/drift/drift.ts';
import { driftedSince } from '#main/generation/drift/drifted-since.ts';
import { findDriftAnywhere } from '#main/generation/drift/find-anywhere.ts';
import { knownFiles } from '#main/generation/drift/known-files.ts';
import { type PlannedUpdate, planUpdate } from '#main/generation/drift/plan-update.ts';
import type { SurroundingsContext } from '#main/generation/engine/surroundings.ts';
import type { Learning } from '#main/generation/memory/learning.ts';
import {
  type RememberedFacts,
  rememberedFacts,
  serviceKey,
} from '#main/generation/memory/project-facts.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';

/** What looking at a project stands on. */
export type LookPorts = {
  readonly generation: SurroundingsContext;
  /** Asked for what was known of the project when files were last made for it; null without memory. */
  readonly learning: Pick<Learning, 'ask'> | null;
  /** Where files are to work, as it is set. */
  readonly target: () => Target;
};

/** What was found of a project. */
export type Looked = {
  readonly drifts: readonly Drift[];
  /** Null where nothing has drifted. */
  readonly update: PlannedUpdate | null;
  /** Contradictions between the files on disk, as sentences with their places. */
  readonly disagreements: readonly string[];
  /** Infrastructure files beyond what is read of one project. */
  readonly left: number;
};

/** Compares a project with its infrastructure files. Rejects with what its scan does. */
export async function lookAtProject(
  ports: LookPorts,
  root: string,
  signal: AbortSignal,
): Promise<Looked> {
  const { generation } = ports;
  const project = await generation.ports.scan(root, { signal });
  const { files, left } = await knownFiles(generation, project, signal);
  await setImmediate();
  const compared = await checkAnywhere(
    files.map(({ path, content }) => ({ path, content, service: null })),
    signal,
  );
  const disagreements = compared.findings.map(
    ({ path, finding: { line, message } }) => `${path}:${line}: ${message}`,
  );
  const found = await findDriftAnywhere(project.services, files, signal);
  throwIfCancelled(signal);
  if (found.length === 0) return { drifts: [], update: null, disagreements, left };
  const sources = { files, drifts: found, target: ports.target() };
  const update = await planUpdate(generation, project, sources, signal);
  const factsOf = await factsBefore(ports, project, signal);
  const drifts = driftedSince(found, { files, update, factsOf });
  return {
    ...{ drifts, disagreements, left },
    update: drifts.length === 0 ? null : updateOf(update, drifts),
  };
}

/** The part of an update that is for these drifts. */
function updateOf(update: PlannedUpdate, drifts: readonly Drift[]): PlannedUpdate {
  const kept = new Set(drifts);
  const kinds = update.kinds.filter((kind) => drifts.some((drift) => drift.kind === kind));
  return {
    ...{ kinds, existing: update.existing },
    services: update.services.filter((name) => drifts.some(({ service }) => service === name)),
    files: update.files.filter(({ kind }) => kinds.some((one) => one === kind)),
    settles: update.settles.filter((drift) => kept.has(drift)),
  };
}

/** Nothing is remembered here: the next generation compares with the same facts. */
async function factsBefore(
  { learning }: LookPorts,
  project: ScanResult,
  signal: AbortSignal,
): Promise<(service: string) => RememberedFacts | null> {
  const asked = await learning?.ask((memory, end) => rememberedFacts(memory, project, end), signal);
  return (name) => {
    const service = project.services.find((one) => one.name === name);
    return (asked?.ok && service && asked.value.get(serviceKey(service))) || null;
  };
}
