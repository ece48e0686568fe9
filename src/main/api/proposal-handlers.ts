import { apply } from '#main/generation/review/apply.ts';
import { Proposals } from '#main/generation/review/proposals.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Shows, edits, decides on and writes proposals. */
export function proposalHandlers(context: ApiContext): HandlersOf<'proposal'> {
  const proposals = new Proposals(context);
  return {
    'proposal.list': ({ runId }) => proposals.list(runId),
    'proposal.get': ({ id }) => proposals.get(id),
    'proposal.edit': ({ id, content }, signal) => proposals.edit(id, content, signal),
    'proposal.decide': ({ ids, state }) => proposals.decide(ids, state),
    'proposal.apply': (request, signal) => apply(context, request, signal),
  };
}
