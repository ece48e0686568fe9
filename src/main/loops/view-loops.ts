import type { Clock } from '#main/core/clock.ts';
import type { LoopStore } from '#main/storage/loop-store.ts';
import { type LoopType, type LoopView, loopTypes } from '#shared/loops.ts';
import { isLoopEnabled, loopPeriodMs } from '#shared/settings/loops-settings.ts';
import { type HoldBackOptions, holdsBack, offForWeakness } from './engine/hold-back.ts';
import type { LoopEngine } from './engine/loop-engine.ts';
import { whyAbsent } from './loop-needs.ts';
import type { LoopWork } from './loop-work.ts';

/** What a view of the loops is made from. */
export type LoopsSeen = HoldBackOptions & {
  readonly engine: LoopEngine;
  readonly work: LoopWork;
  readonly store: LoopStore;
  readonly clock: Pick<Clock, 'now'>;
};

/** How each of the seven loops is, the fastest first. */
export function viewLoops(seen: LoopsSeen): Promise<readonly LoopView[]> {
  const elsewhere = seen.store.runningElsewhere();
  return Promise.all(loopTypes.map((loop) => viewLoop(loop, seen, elsewhere)));
}

async function viewLoop(
  loop: LoopType,
  seen: LoopsSeen,
  elsewhere: ReadonlySet<LoopType>,
): Promise<LoopView> {
  const { engine, settings, store, work, clock } = seen;
  const joined = work.loops.find(({ type }) => type === loop);
  const { isRunning, dueInMs, heldForMs } = engine.standing(loop);
  const view = {
    loop,
    periodMs: loopPeriodMs(settings.current, loop),
    dueAt: dueInMs === null ? null : clock.now() + dueInMs,
    reverts: joined?.revert !== undefined,
    last: store.latest(loop, 1)[0] ?? null,
  };
  if (isRunning || elsewhere.has(loop)) {
    const where = isRunning ? null : 'It runs in another Omega on this data folder.';
    return { ...view, state: 'running', reason: where };
  }
  if (!joined) return { ...view, state: 'absent', reason: whyAbsent(loop) };
  if (!isLoopEnabled(settings.current, loop)) {
    const name = `loops.enable${loop.charAt(0).toUpperCase()}${loop.slice(1)}`;
    return { ...view, state: 'off', reason: `The setting ${name} is off.` };
  }
  const weak = await offForWeakness(loop, seen);
  if (weak !== null) return { ...view, state: 'off', reason: weak };
  const held = dueInMs === 0 ? await holdsBack(loop, heldForMs, seen) : null;
  return held === null
    ? { ...view, state: 'ready', reason: null }
    : { ...view, state: 'held', reason: held };
}
