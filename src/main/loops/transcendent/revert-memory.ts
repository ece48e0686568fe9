import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { OmegaError } from '#shared/error.ts';
import type { LoopAction, LoopCycle } from '#shared/loops.ts';
import { memoryChangeSchema, newMemory } from './strategic-memories.ts';

/** Takes back what was done to a memory. Throws `CONFLICT` where it was changed, or removed, since. */
export async function revertMemory(
  memory: ProposalMemory,
  action: LoopAction,
  signal: AbortSignal,
): Promise<void> {
  const { pattern, memory: id, before, after } = memoryChangeSchema.parse(action.parameters);
  if (after === null) {
    if (before !== null) await memory.remember(newMemory(pattern, before), signal);
    return;
  }
  const now = await memory.get(id, signal);
  if (now?.text !== after.text) {
    const message = 'The memory was changed or removed since; change it in the panel of memory.';
    throw new OmegaError('CONFLICT', message);
  }
  if (before === null) await memory.forget(id, signal);
  else await memory.change(id, before, signal);
}

/** Digests of patterns as they were in memories that a person took back, by the history of the loop. */
export function refusedDigests(history: readonly LoopCycle[]): ReadonlySet<string> {
  const actions = history.flatMap(({ output }) => output?.actions ?? []);
  return new Set(
    actions.flatMap(({ state, parameters }) => {
      const { data } = memoryChangeSchema.safeParse(parameters);
      const digest = data?.after?.metadata.digest;
      return state === 'reverted' && typeof digest === 'string' ? [digest] : [];
    }),
  );
}
