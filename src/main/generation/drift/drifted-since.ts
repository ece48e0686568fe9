import type { RememberedFacts } from '../memory/project-facts.ts';
import type { Drift } from './drift.ts';
import type { PlannedUpdate } from './plan-update.ts';
import type { KnownFile } from './said-index.ts';

/** What decides whether something came after its files. */
export type SinceSources = {
  readonly files: readonly KnownFile[];
  /** What the blueprints would write now. */
  readonly update: PlannedUpdate;
  /** A service's facts as they were when files were last made for it; null where that is not known. */
  readonly factsOf: (service: string) => RememberedFacts | null;
};

/**
 * Of drifts those that came after the files were written. An author's file stands for itself. One
 * that is as Omega wrote it, and would be written the same now, leaves out what it leaves out on
 * purpose, unless the facts that it was made from did not have it; so does a project without it.
 */
export function driftedSince(
  drifts: readonly Drift[],
  { files, update, factsOf }: SinceSources,
): readonly Drift[] {
  const settled = new Set(update.settles);
  const ours = new Set(files.filter(({ isOurs }) => isOurs).map(({ path }) => path));
  // What a rendered chart says stands for all of its templates.
  const isOurs = (path: string): boolean =>
    ours.has(path) ||
    (path.endsWith('templates') && [...ours].some((one) => one.startsWith(`${path}/`)));
  return drifts.filter((drift) => {
    if (settled.has(drift)) return true;
    if (drift.lackedBy === null) return false;
    return !isOurs(drift.lackedBy.path) || isGained(drift, factsOf(drift.service));
  });
}

/** What facts call it. */
const facts = { port: 'ports', backing: 'backing services' } as const;

function isGained({ about, value }: Drift, before: RememberedFacts | null): boolean {
  if (before === null || (about !== 'port' && about !== 'backing')) return false;
  return !(before[facts[about]] ?? '').split(' ').includes(value);
}
