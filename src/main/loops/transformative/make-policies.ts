import { summaryOf } from '#main/generation/memory/describe-edit.ts';
import {
  confidenceOf,
  editSchema,
  leastConfidence,
  type Read,
  readLesson,
} from '#main/generation/memory/lesson.ts';
import {
  type AcceptedPlace,
  allPolicies,
  isFollowed,
  type Policy,
  policyTag,
  policyType,
} from '#main/generation/memory/policy.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { taughtSchema } from '#main/generation/memory/wish.ts';
import type { AcceptedLessons } from '#main/storage/lesson-store.ts';
import type { NewMemory } from '#shared/memory.ts';
import { type Evidence, type Repeated, repeatedChanges, spread } from './distil.ts';

/** Edits that are looked through; of more, the newest. */
const lookedAt = 1_000;

/** What is known of edits and policies, and what of it is a policy yet to be made. */
export type Distilled = {
  readonly edits: number;
  readonly policies: readonly Read<Policy>[];
  readonly due: readonly Repeated[];
};

/**
 * Looks through what was learned for changes that were accepted often enough. `past` are changes that
 * were made a policy before: one that is gone since was taken out by a person, and is not made again.
 */
export async function distil(
  memory: ProposalMemory,
  accepted: readonly AcceptedLessons[],
  past: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Distilled> {
  const policies = await allPolicies(memory, signal);
  const query = { types: ['edit'], limit: lookedAt, recalls: false };
  const edits = (await memory.recall(query, signal)).memories.flatMap(({ memory: found }) => {
    const read = readLesson(editSchema, found);
    return read && confidenceOf(read.lesson.tally) >= leastConfidence ? [read] : [];
  });
  const places = placesByKey(accepted);
  const evidence = edits.map((read): Evidence => {
    const keys = [`id:${read.memory.id}`, ...read.memory.tags];
    return { read, places: keys.flatMap((key) => places.get(key) ?? []) };
  });
  const known = new Set([...past, ...policies.flatMap(({ lesson }) => lesson.changes)]);
  const due = repeatedChanges(evidence, (change) => known.has(change));
  return { edits: edits.length, policies, due };
}

/** Where lessons were accepted, by what a proposal names them by. */
function placesByKey(accepted: readonly AcceptedLessons[]) {
  const byKey = new Map<string, AcceptedPlace[]>();
  for (const { taught, ...place } of accepted) {
    for (const key of taughtSchema.safeParse(taught).data?.kept ?? []) {
      const all = byKey.get(key) ?? [];
      byKey.set(key, all);
      all.push(place);
    }
  }
  return byKey;
}

/** The memory of a policy to be; `ref` is the cycle that makes it. */
export function policyOf(repeated: Repeated, ref: string, now: number): NewMemory {
  const { kind, file, blueprint, hunks, changes, places } = repeated;
  const { services, projects } = spread(places);
  const where = `${services} services of ${projects} projects`;
  const like = { kind, file };
  const change = summaryOf(hunks);
  // One project, one voice: who takes it out is heard soon.
  const tally = { for: projects, against: 0, at: now };
  const policy: Policy = {
    ...{ kind, like, blueprint, hunks: [...hunks], changes: [...changes], tally, replaces: [] },
    summary: `${change} (a policy: accepted in ${where})`,
    isOn: true,
    evidence: places.slice(0, 100),
  };
  return {
    ...{ tier: 'strategic', type: policyType, importance: 0.9, confidence: confidenceOf(tally) },
    text: `Policy for ${file} files, wherever it fits: ${change}. It was accepted in ${where}.`,
    tags: [policyTag(like)],
    ...{ source: 'loop', ref, metadata: policy },
  };
}

/** A policy as a cycle lists it. */
export function policyRow(read: Read<Policy>) {
  const { memory, lesson } = read;
  const { kind, summary, isOn } = lesson;
  return { id: memory.id, kind, summary, isOn, isFollowed: isFollowed(read) };
}
