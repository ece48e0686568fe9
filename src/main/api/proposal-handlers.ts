import { apply } from '#main/generation/review/apply.ts';
import { Proposals } from '#main/generation/review/proposals.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Shows, edits, decides on and writes proposals, and lets memory learn from it. */
export function proposalHandlers(context: ApiContext): HandlersOf<'proposal'> {
  const { learning, storage } = context;
  const proposals = new Proposals(context);
  return {
    'proposal.list': ({ runId }) => proposals.list(runId),
    'proposal.get': ({ id }) => proposals.get(id),
    'proposal.edit': async ({ id, content }, signal) => {
      const edited = await proposals.edit(id, content, signal);
      learning.decided([id]);
      return edited;
    },
    'proposal.decide': ({ ids, state }) => {
      const decided = proposals.decide(ids, state);
      learning.decided(ids);
      return decided;
    },
    'proposal.apply': async (request, signal) => {
      const reports = await apply(context, request, signal);
      if (!request.dryRun) {
        const { runId } = request;
        learning.decided(request.ids ?? storage.proposals.summaries(runId).map(({ id }) => id));
      }
      return reports;
    },
    'proposal.swap': async ({ id }, signal) => {
      const swapped = await proposals.swap(id, signal);
      learning.decided([id]);
      return swapped;
    },
    'proposal.forget': ({ id, memoryId }, signal) => learning.forget(id, memoryId, signal),
  };
}
