import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import type { OmegaApi } from '#main/runtime/omega-api.ts';
import { OmegaError } from '#shared/error.ts';

/** The memory of a runtime, as learning sees it. */
export function proposalMemory(omega: OmegaApi): ProposalMemory {
  return {
    remember: (memory, signal) => omega.storeMemory(memory, signal),
    recall: (query, signal) => omega.queryMemories(query, signal),
    get: (id, signal) => omega.getMemory(id, signal),
    change: async (id, change, signal) => {
      const changed = await unlessGone(() => omega.updateMemory(id, change, signal));
      return changed?.memory ?? null;
    },
    forget: async (id, signal) => {
      const gone = await unlessGone(async () => {
        await omega.deleteMemory(id, signal);
        return true;
      });
      return gone ?? false;
    },
  };
}

/** The answer, or null where the memory is not there any more. */
async function unlessGone<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OmegaError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
