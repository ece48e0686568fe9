import { sha256 } from '#main/core/hash.ts';
import type { StoredProposal } from '#main/storage/proposal-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { Proposal, ProposalState, ProposalSummary } from '#shared/run.ts';
import { checkFile } from '../check-file.ts';
import { compareProposals } from './compare-proposals.ts';
import type { ReviewContext } from './review-context.ts';

/** Shows, edits and decides on proposals; nothing here writes to a project. */
export class Proposals {
  readonly #context: ReviewContext;

  constructor(context: ReviewContext) {
    this.#context = context;
  }

  /** The proposals of a run without their texts, in the order of its jobs. Throws `NOT_FOUND` for an unknown run. */
  list(runId: string): readonly ProposalSummary[] {
    const { storage } = this.#context;
    if (!storage.runs.get(runId)) throw notFound('run', runId);
    return storage.proposals.summaries(runId);
  }

  /** One proposal with its texts. Throws `NOT_FOUND`. */
  get(id: string): Proposal {
    return this.#get(id).proposal;
  }

  /**
   * Replaces the content and validates it anew. From then on the proposal is the person's: its
   * provenance says `edit`, and error-level findings no longer keep it from being written.
   */
  async edit(id: string, content: string, signal: AbortSignal): Promise<Proposal> {
    const { storage, clock, ports, emit } = this.#context;
    const { path, jobId, content: before } = this.#get(id).proposal;
    const siblings = storage.proposals
      .textsOfJob(jobId)
      .filter((one) => one.path !== path)
      .map((one) => ({ path: one.path, content: one.content }));
    const findings = await checkFile(ports, { path, content, siblings }, signal, before);
    // Read again: the proposal may have been decided on while its content was checked.
    const stored = this.#get(id);
    const proposal: Proposal = {
      ...stored.proposal,
      content,
      findings,
      state: stateAfterEdit(stored, content),
      provenance: {
        origin: { type: 'edit' },
        inputsHash: sha256(content),
        createdAt: clock.now(),
        memories: stored.proposal.provenance.memories,
        ...(stored.proposal.provenance.improves ? { improves: true } : {}),
      },
    };
    storage.transaction(() => {
      storage.lessons.keepMade(id, stored.proposal.content);
      storage.proposals.save({ ...stored, proposal });
    });
    emit({ type: 'proposal.updated', runId: proposal.runId });
    await compareProposals(this.#context, proposal.runId, signal, proposal.root);
    return this.get(id);
  }

  /**
   * Takes the other text that the proposal carries, and keeps its own beside it, so that it can be taken
   * back. Throws `NOT_FOUND`, and `NOT_AVAILABLE` where it carries none.
   */
  async swap(id: string, signal: AbortSignal): Promise<Proposal> {
    const { storage, emit } = this.#context;
    const stored = this.#get(id);
    const { alternative, proposal: before } = stored;
    if (!alternative) {
      const message = 'There is no other text for this file; edit it, or generate it again.';
      throw new OmegaError('NOT_AVAILABLE', message);
    }
    const { content, findings, provenance } = before;
    const state = stateAfterEdit(stored, alternative.content);
    const proposal: Proposal = {
      ...before,
      ...alternative,
      findings: [...alternative.findings],
      state,
      alternative: before.provenance.origin.type,
    };
    storage.transaction(() => {
      // What an edit is compared with is another text now.
      storage.lessons.forgetMade(id);
      storage.proposals.save({
        ...stored,
        proposal,
        alternative: { content, findings, provenance },
      });
    });
    emit({ type: 'proposal.updated', runId: proposal.runId });
    await compareProposals(this.#context, proposal.runId, signal, proposal.root);
    return this.get(id);
  }

  /** Accepts, rejects or re-opens proposals, all or none; what is applied or unchanged stays so. */
  decide(
    ids: readonly string[],
    state: Extract<ProposalState, 'open' | 'accepted' | 'rejected'>,
  ): readonly ProposalSummary[] {
    const { storage, emit } = this.#context;
    const decided = storage.transaction(() => {
      for (const id of new Set(ids)) storage.proposals.decide(id, state);
      return ids.map((id) => this.#summary(id));
    });
    for (const runId of new Set(decided.map((proposal) => proposal.runId))) {
      emit({ type: 'proposal.updated', runId });
    }
    return decided;
  }

  #summary(id: string): ProposalSummary {
    const summary = this.#context.storage.proposals.summary(id);
    if (!summary) throw notFound('proposal', id);
    return summary;
  }

  #get(id: string): StoredProposal {
    const stored = this.#context.storage.proposals.get(id);
    if (!stored) throw notFound('proposal', id);
    return stored;
  }
}

/** The error for an id that the store does not know, or no longer. */
export function notFound(noun: string, id: string): OmegaError {
  return new OmegaError('NOT_FOUND', `There is no ${noun} "${id}"; it may have been pruned.`);
}

function stateAfterEdit({ proposal, baseHash }: StoredProposal, content: string): ProposalState {
  if (baseHash === sha256(content)) return 'unchanged';
  return proposal.state === 'accepted' ? 'accepted' : 'open';
}
