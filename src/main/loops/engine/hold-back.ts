import type { Live } from '#main/core/live.ts';
import type { LoopType } from '#shared/loops.ts';
import type { LoopsSettings } from '#shared/settings/loops-settings.ts';

/** Loops that take a while and can wait: the faster ones are there for users' work itself. */
const patient: ReadonlySet<LoopType> = new Set([
  'deliberative',
  'evolutionary',
  'transformative',
  'transcendent',
]);
/** Loops that a weak machine does without. */
const slowest: ReadonlySet<LoopType> = new Set(['evolutionary', 'transformative', 'transcendent']);

/** What loops hold back for. */
export type HoldBackOptions = {
  readonly settings: Live<LoopsSettings>;
  /** What goes on for users, as a clause; or null. */
  readonly usersWork: () => string | null;
  /** Why the machine is weak, as a sentence; or null. */
  readonly weakness: () => Promise<string | null>;
};

/** Why a machine that is weak does without a loop; null where it does not, or is not. */
export async function offForWeakness(
  loop: LoopType,
  { settings, weakness }: Pick<HoldBackOptions, 'settings' | 'weakness'>,
): Promise<string | null> {
  if (!slowest.has(loop) || settings.current.slowOnWeakMachines) return null;
  const why = await weakness();
  return why && `${why} The setting loops.slowOnWeakMachines lets it run all the same.`;
}

/**
 * Why a loop that is due does not begin yet, held back for so many ms: users' work goes first, but no
 * longer than `yieldSecs`, so that a machine that is never idle has its loops too.
 */
export async function holdsBack(
  loop: LoopType,
  heldForMs: number,
  options: HoldBackOptions,
): Promise<string | null> {
  const weak = await offForWeakness(loop, options);
  if (weak !== null || !patient.has(loop)) return weak;
  const work = options.usersWork();
  if (work === null || heldForMs >= options.settings.current.yieldSecs * 1_000) return null;
  return `It waits, as ${work}.`;
}
