import { z } from 'zod';
import { artifactKinds } from '#shared/artifact.ts';
import type { Memory } from '#shared/memory.ts';
import { hunksSchema } from './hunk.ts';

const count = z.int().min(0).max(1_000_000_000);

/** How often something was accepted, and how often it was taken back out, and when last, in epoch ms. */
const tallySchema = z.object({ for: count, against: count, at: z.number() });
/** See {@link tallySchema}. */
export type Tally = z.infer<typeof tallySchema>;

const aboutSchema = z.object({
  kind: z.enum(artifactKinds),
  /** What makes a file alike: facts, no names. */
  like: z.record(z.string().max(100), z.string().max(1_000)),
  blueprint: z.string().max(100),
  summary: z.string().min(1).max(300),
});

/** The metadata of a memory of the type `edit`. */
export const editSchema = aboutSchema.extend({
  tally: tallySchema,
  hunks: hunksSchema,
  /** Memories that were in the text that was edited: this edit holds what is left of them. */
  replaces: z.array(z.string().max(64)).max(64),
});
/** See {@link editSchema}. */
export type EditLesson = z.infer<typeof editSchema>;

/** The metadata of a memory of the type `accepted`: files that were taken as the blueprint made them. */
export const acceptedSchema = aboutSchema.extend({ tally: tallySchema });
/** See {@link acceptedSchema}. */
export type AcceptedLesson = z.infer<typeof acceptedSchema>;

/** The metadata of a memory of the type `rejected`: the text that was refused in one place. */
export const rejectedSchema = aboutSchema.extend({
  contentHash: z.string().max(64),
  at: z.number(),
});
/** See {@link rejectedSchema}. */
export type RejectedLesson = z.infer<typeof rejectedSchema>;

/** A memory with its metadata, parsed. */
export type Read<T> = { readonly memory: Memory; readonly lesson: T };

/** A memory's metadata, or null where it is not of the shape: the store is a file that others can write to. */
export function readLesson<T>(schema: z.ZodType<T>, memory: Memory): Read<T> | null {
  const { success, data } = schema.safeParse(memory.metadata);
  return success ? { memory, lesson: data } : null;
}

/**
 * How sure it is that a lesson holds, 0 to 1: Laplace's rule of succession over who kept it and who
 * took it out. One who does outweighs one who did not: see {@link leastConfidence}.
 */
export function confidenceOf({ for: kept, against }: Pick<Tally, 'for' | 'against'>): number {
  return (kept + 1) / (kept + against + 2);
}

/** A lesson is used while more people kept it than took it out. */
export const leastConfidence = 0.51;

/** The most trusted first; of equals the newest. */
export function byTrust(one: Read<EditLesson>, other: Read<EditLesson>): number {
  return (
    other.memory.confidence - one.memory.confidence ||
    other.lesson.tally.at - one.lesson.tally.at ||
    (one.memory.id < other.memory.id ? -1 : 1)
  );
}
