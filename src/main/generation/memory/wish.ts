import { z } from 'zod';
import { sha256 } from '#main/core/hash.ts';
import type { StoredLesson } from '#main/storage/lesson-store.ts';
import type { NewMemory } from '#shared/memory.ts';
import type { Proposal } from '#shared/run.ts';
import { cutHunks } from './cut-hunks.ts';
import { editText, summaryOf } from './describe-edit.ts';
import type { Hunk } from './hunk.ts';
import type { AcceptedLesson, EditLesson, RejectedLesson } from './lesson.ts';
import { makerName, readTarget, type Target, tagOf } from './target.ts';

/** What a proposal taught, as it is noted beside it: enough to take it back. */
export const taughtSchema = z.object({
  /** Of the decision and the text; the same one teaches nothing new. */
  key: z.string(),
  /** Tags or ids (`id:…`) of memories that it speaks for, and against. */
  kept: z.array(z.string()),
  against: z.array(z.string()),
  rejected: z.boolean(),
});
/** See {@link taughtSchema}. */
export type Taught = z.infer<typeof taughtSchema>;

/** A memory to be, without its tally. */
export type Draft = Omit<NewMemory, 'metadata'> & {
  readonly metadata: Omit<EditLesson, 'tally'> | Omit<AcceptedLesson, 'tally'>;
};
/** The memory of a rejection. */
export type RejectionDraft = Omit<NewMemory, 'metadata'> & { readonly metadata: RejectedLesson };

/** What is to be learned from a proposal as it stands. `refused` says why its edit is not. */
export type Wish = {
  readonly target: Target;
  readonly taught: Taught;
  /** By tag, what is stored where no memory has it yet. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly rejection: RejectionDraft | null;
  readonly refused: string | null;
};

/** What a proposal teaches in the state that it is in; null where nobody knows what it is about. */
export function wishOf(proposal: Proposal, stored: StoredLesson, now: number): Wish | null {
  const target = readTarget(stored.target);
  if (!target) return null;
  const { state, content } = proposal;
  const taken = state === 'accepted' || state === 'applied';
  const decision = taken ? 'taken' : state === 'rejected' ? 'rejected' : 'open';
  const key = `${decision}:${proposal.provenance.origin.type}:${sha256(content)}`;
  const nothing: Wish = {
    target,
    taught: { key, kept: [], against: [], rejected: false },
    drafts: new Map(),
    rejection: null,
    refused: null,
  };
  if (decision === 'rejected') {
    const rejection = rejectionOf(proposal, target, now);
    return { ...nothing, rejection, taught: { ...nothing.taught, rejected: true } };
  }
  return taken ? { ...nothing, ...takenWish(proposal, stored, target, key) } : nothing;
}

function takenWish(
  proposal: Proposal,
  stored: StoredLesson,
  target: Target,
  key: string,
): Pick<Wish, 'taught' | 'drafts' | 'refused'> {
  const carried = proposal.provenance.memories
    .filter(({ effect, forgotten }) => effect !== 'accepted' && !forgotten)
    .map(({ id }) => `id:${id}`);
  const teach = (kept: string[], against: string[], drafts: [string, Draft][], why?: string) => ({
    taught: { key, kept, against, rejected: false },
    drafts: new Map(drafts),
    refused: why ?? null,
  });
  const asMade = acceptedDraft(proposal, target);
  if (proposal.provenance.origin.type !== 'edit') {
    if (carried.length > 0) return teach(carried, [], []);
    return teach([asMade.tag], [], [[asMade.tag, asMade.draft]]);
  }
  const own = { ...target.own, words: [...target.own.words, ...stored.words] };
  const cut = cutHunks(stored.made ?? proposal.content, proposal.content, own);
  if (cut.type === 'refused') return teach([], [], [], cut.why);
  // The text is the blueprint's own again: what was taught before was taken out.
  if (cut.hunks.length === 0) return teach([asMade.tag], carried, [[asMade.tag, asMade.draft]]);
  const edit = editDraft(proposal, target, cut.hunks, carried);
  return teach([edit.tag], [], [[edit.tag, edit.draft]]);
}

type Tagged = { readonly tag: string; readonly draft: Draft };

function editDraft(
  proposal: Proposal,
  { like, blueprint }: Target,
  hunks: readonly Hunk[],
  carried: readonly string[],
): Tagged {
  const changes = hunks.map(({ lines }) => lines.map(({ op, text, like: or }) => [op, or ?? text]));
  const tag = tagOf('edit', JSON.stringify([like.tag, changes]));
  return {
    tag,
    draft: {
      tier: 'procedural',
      type: 'edit',
      text: editText(like, blueprint, hunks),
      importance: 0.8,
      tags: [like.tag, tag],
      source: 'proposal',
      ref: proposal.id,
      metadata: {
        kind: proposal.kind,
        like: like.facts,
        blueprint,
        summary: summaryOf(hunks),
        hunks: [...hunks],
        replaces: carried.slice(0, 64).map((id) => id.slice('id:'.length)),
      },
    },
  };
}

function acceptedDraft(proposal: Proposal, { like, blueprint }: Target): Tagged {
  const tag = tagOf('accepted', like.tag);
  const summary = `Accepted as made: ${like.label}`.slice(0, 300);
  return {
    tag,
    draft: {
      tier: 'episodic',
      type: 'accepted',
      text: `${summary}, by ${makerName(blueprint)}.`,
      tags: [like.tag, tag],
      source: 'proposal',
      ref: proposal.id,
      metadata: { kind: proposal.kind, like: like.facts, blueprint, summary },
    },
  };
}

function rejectionOf(
  proposal: Proposal,
  { like, place, project, blueprint }: Target,
  now: number,
): RejectionDraft {
  const summary = `Rejected: ${like.label}`.slice(0, 300);
  return {
    tier: 'episodic',
    type: 'rejected',
    text: `${summary}, at "${proposal.path}" in "${proposal.root}".`,
    tags: [place, project, like.tag],
    source: 'proposal',
    ref: proposal.id,
    metadata: {
      kind: proposal.kind,
      like: like.facts,
      blueprint,
      summary,
      contentHash: sha256(proposal.content),
      at: now,
    },
  };
}
