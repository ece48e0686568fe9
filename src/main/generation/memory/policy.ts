import { z } from 'zod';
import type { CitedMemory } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { tellsNothingNew } from './apply-hunks.ts';
import type { Hunk } from './hunk.ts';
import { confidenceOf, editSchema, leastConfidence, type Read, readLesson } from './lesson.ts';
import type { OwnWords } from './own-words.ts';
import type { ProposalMemory } from './proposal-memory.ts';
import { tagOf } from './target.ts';

/** The type of memories that hold policies. */
export const policyType = 'policy';
/** Policies of one kind of file that are followed; of more, the newest. */
const maxPolicies = 20;

/** A place where an edit was accepted. */
const placeSchema = z.object({
  proposal: z.string().max(100),
  root: z.string().max(4_096),
  service: z.string().max(300).nullable(),
  path: z.string().max(4_096),
});
/** See {@link placeSchema}. */
export type AcceptedPlace = z.infer<typeof placeSchema>;

/**
 * The metadata of a policy: changes that are made wherever they fit in files of a kind, whatever their
 * services are made with. An edit beyond its like, so that it is kept and dropped by the same votes.
 */
export const policySchema = editSchema.extend({
  /** One for each change, the same for the same change: what was distilled once is not again. */
  changes: z.array(z.string().max(64)).min(1).max(60),
  /** Whether it is followed. */
  isOn: z.boolean(),
  /** Where its changes were accepted before it was a policy. */
  evidence: z.array(placeSchema).max(100),
});
/** See {@link policySchema}. */
export type Policy = z.infer<typeof policySchema>;

/** The tag of policies for files of a kind and role; see `likeness`. */
export function policyTag({ kind = '', file = '' }: Readonly<Record<string, string>>): string {
  return tagOf('policy', JSON.stringify([kind, file]));
}

/** All policies that memory has, on or off, the newest first. */
export async function allPolicies(
  memory: ProposalMemory,
  signal: AbortSignal,
): Promise<readonly Read<Policy>[]> {
  const query = { types: [policyType], limit: 1_000, recalls: false };
  return (await memory.recall(query, signal)).memories.flatMap(
    ({ memory: found }) => readLesson(policySchema, found) ?? [],
  );
}

/** The policies that files with such facts follow. */
export async function policiesFor(
  memory: ProposalMemory,
  facts: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly Read<Policy>[]> {
  const query = { types: [policyType], tags: [policyTag(facts)], limit: maxPolicies };
  return (await memory.recall(query, signal)).memories.flatMap(({ memory: found }) => {
    const read = readLesson(policySchema, found);
    return read && isFollowed(read) ? [read] : [];
  });
}

/** Whether a policy is on, and more people kept it than took it out. */
export function isFollowed({ lesson }: Read<Policy>): boolean {
  return lesson.isOn && confidenceOf(lesson.tally) >= leastConfidence;
}

/** A lesson as a file cites it. */
export function citeLesson({ memory, lesson }: Read<{ summary: string }>): CitedMemory {
  const effect = memory.type === policyType ? 'policy' : 'edit';
  return { id: memory.id, effect, summary: lesson.summary };
}

/** The changes of a policy of which the file does not have every line already, wherever they stand. */
export function changesDue(hunks: readonly Hunk[], content: string, own: OwnWords): Hunk[] {
  return hunks.filter((hunk) => !tellsNothingNew(hunk, content, own));
}

/**
 * Switches a policy on or off; it stays, so that it is not distilled again. Throws `NOT_FOUND` where
 * it is gone, and `CONFLICT` where it is so already.
 */
export async function switchPolicy(
  memory: ProposalMemory,
  id: string,
  isOn: boolean,
  signal: AbortSignal,
): Promise<Read<Policy>> {
  const found = await memory.get(id, signal);
  const read = found && readLesson(policySchema, found);
  if (!read) throw gone(id);
  if (read.lesson.isOn === isOn) {
    const message = `The policy ${id} is ${isOn ? 'on' : 'off'} already.`;
    throw new OmegaError('CONFLICT', message);
  }
  const metadata = { ...read.memory.metadata, isOn };
  const changed = await memory.change(id, { metadata }, signal);
  const now = changed && readLesson(policySchema, changed);
  if (!now) throw gone(id);
  return now;
}

function gone(id: string): OmegaError {
  return new OmegaError('NOT_FOUND', `There is no policy ${id} in memory; it was forgotten.`);
}
