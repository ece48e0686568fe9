import { z } from 'zod';
import { deviceNames } from '#shared/devices.ts';
import { errorDataSchema } from '#shared/error.ts';
import { traceIdSchema } from '#shared/trace.ts';

/** Most vectors in one message. */
export const maxRowsPerMessage = 1024;
/** Numbers in one vector, at most. */
export const maxDimensions = 8192;
/** Results of one query, at most. */
export const maxResults = 10_000;

const floats = z.custom<Float32Array<ArrayBuffer>>((value) => value instanceof Float32Array);
const keys = z.custom<Float64Array<ArrayBuffer>>((value) => value instanceof Float64Array);
const path = z.string().min(1).max(4096);

const graphShape = {
  links: z.int().min(4).max(128).optional(),
  ef: z.int().min(1).max(4096).optional(),
};

/** An {@link EngineChoice} that came from elsewhere. */
export const choiceSchema = z.discriminatedUnion('engine', [
  z.object({
    engine: z.literal('usearch'),
    quantisation: z.enum(['bf16', 'f16', 'f32']),
    ...graphShape,
  }),
  z.object({ engine: z.literal('exact'), device: z.enum(deviceNames).optional() }),
  z.object({ engine: z.literal('faiss-flat') }),
  z.object({ engine: z.literal('faiss-ivf'), probes: z.int().min(1).max(4096).optional() }),
  z.object({ engine: z.literal('faiss-hnsw'), ...graphShape }),
]);

/** How an index is opened. */
export const indexOptionsSchema = z.object({
  choice: choiceSchema,
  dimensions: z.int().min(1).max(maxDimensions),
  /** Threads that build it. */
  threads: z.int().min(1).max(64),
  effort: z.number().nullable(),
  /** Queries whose true neighbours are kept while it is filled; may be empty. */
  probes: floats,
});

/** See {@link indexOptionsSchema}. */
export type IndexOptions = z.infer<typeof indexOptionsSchema>;

/** What an index is told; `id` is of the answer. Every order but `remove` is answered. */
export const indexOrderSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('open'), id: z.int(), options: indexOptionsSchema }),
  z.object({ op: z.literal('add'), id: z.int(), keys, rows: floats }),
  z.object({ op: z.literal('remove'), keys }),
  z.object({
    op: z.literal('search'),
    id: z.int(),
    queries: floats,
    k: z.int().min(1).max(maxResults),
  }),
  z.object({ op: z.literal('train'), id: z.int() }),
  /** Merges at most so many blocks of new vectors. */
  z.object({ op: z.literal('merge'), id: z.int(), blocks: z.int().min(1).max(1000) }),
  z.object({ op: z.literal('tune'), id: z.int(), target: z.number().min(0).max(1) }),
  /** Measures it at one effort, with the probes from one place up to another. */
  z.object({
    op: z.literal('measure'),
    id: z.int(),
    effort: z.int().min(1).max(4096).nullable(),
    from: z.int().min(0),
    upTo: z.int().min(1),
  }),
  z.object({ op: z.literal('save'), id: z.int(), path }),
  /** Refused where the file is not the one with that sha256. */
  z.object({ op: z.literal('restore'), id: z.int(), path, sha256: z.string().length(64) }),
]);

/** See {@link indexOrderSchema}. */
export type IndexOrder = z.infer<typeof indexOrderSchema>;

/** What an index answers. */
export const indexAnswerSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('found'), id: z.int(), keys, scores: floats }),
  z.object({
    op: z.literal('done'),
    id: z.int(),
    size: z.int(),
    /** Vectors that wait to be merged. */
    fresh: z.int(),
    removed: z.int(),
    trained: z.boolean(),
  }),
  z.object({
    op: z.literal('tuned'),
    id: z.int(),
    figures: z.object({
      recallAt10: z.number(),
      queriesPerSecond: z.number(),
      effort: z.number().nullable(),
      probes: z.int(),
    }),
  }),
  z.object({ op: z.literal('saved'), id: z.int(), sha256: z.string(), bytes: z.int() }),
  z.object({ op: z.literal('failed'), id: z.int(), error: errorDataSchema }),
]);

/** See {@link indexAnswerSchema}. */
export type IndexAnswer = z.infer<typeof indexAnswerSchema>;

/** The state of an index, as most orders are answered with. */
export type IndexState = Extract<IndexAnswer, { op: 'done' }>;

/** A message to the compute process about one of its indexes. */
export const toVectorsSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('vectors'),
    index: z.int().min(0),
    order: indexOrderSchema,
    /** The call that it is for. */
    trace: traceIdSchema.nullable().default(null),
  }),
  /** Ends the thread of an index, and gives its memory back. */
  z.object({ type: z.literal('vectors-close'), index: z.int().min(0) }),
]);

/** See {@link toVectorsSchema}. */
export type ToVectors = z.infer<typeof toVectorsSchema>;

/** What the compute process answers about indexes. */
export const fromVectorsSchema = z.object({
  type: z.literal('vectors'),
  index: z.int(),
  answer: indexAnswerSchema,
});
