import type { LoopStore } from '#main/storage/loop-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { LoopAction, LoopCycle, LoopType } from '#shared/loops.ts';
import type { Loop } from './engine/loop.ts';
import { absent } from './loop-needs.ts';

/** What taking back stands on. */
export type RevertOptions = {
  readonly store: LoopStore;
  readonly loopOf: (type: LoopType) => Loop | null;
  readonly signal: AbortSignal;
};

/**
 * Takes back what a cycle did, and notes it in the cycle. Throws `NOT_FOUND`, `CONFLICT` for an action
 * that is not done or whose effect was changed since, and `NOT_AVAILABLE` where its loop cannot.
 */
export async function revertAction(
  cycleId: string,
  actionId: string,
  { store, loopOf, signal }: RevertOptions,
): Promise<LoopCycle> {
  const cycle = store.get(cycleId);
  const action = cycle?.output?.actions.find(({ id }) => id === actionId);
  if (!cycle || !action) {
    const message = `There is no action "${actionId}" of a cycle "${cycleId}"; see omega loop history.`;
    throw new OmegaError('NOT_FOUND', message);
  }
  if (action.state !== 'done') {
    const is = action.state === 'reverted' ? 'was taken back already' : 'was only proposed';
    throw new OmegaError('CONFLICT', `This action ${is}; there is nothing to take back.`);
  }
  const loop = loopOf(cycle.loop);
  if (!loop) throw absent(cycle.loop);
  if (!loop.revert) {
    const message = `What the ${cycle.loop} loop does cannot be taken back by itself.`;
    throw new OmegaError('NOT_AVAILABLE', message);
  }
  await loop.revert(action, signal);
  // It may have been kept anew meanwhile.
  const reverted = withReverted(store.get(cycleId) ?? cycle, action);
  store.save(reverted);
  return reverted;
}

function withReverted(cycle: LoopCycle, { id }: LoopAction): LoopCycle {
  if (!cycle.output) return cycle;
  const actions = cycle.output.actions.map((one) =>
    one.id === id ? { ...one, state: 'reverted' as const } : one,
  );
  return { ...cycle, output: { ...cycle.output, actions } };
}
