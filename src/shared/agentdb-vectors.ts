import { z } from 'zod';
import { id, json, vector, words } from './agentdb-fields.ts';

/** Letters, digits and `._:-`. */
const collection = z
  .string()
  .regex(/^[\w.:-]{1,100}$/, 'a name has 1 to 100 letters, digits and "._:-"')
  .default('default');

const value = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);
const range = z.object({ from: z.number().optional(), to: z.number().optional() }).strict();
/** Conditions on fields of metadata: a value, one of several, or a range; all must hold. */
export const metadataFilterSchema = z.record(z.string(), z.union([value, z.array(value), range]));

/** A vector to be kept. */
export const newVectorSchema = z
  .object({ collection, id: id.optional(), vector, metadata: json.default({}) })
  .strict();
/** See {@link newVectorSchema}. */
export type NewVector = z.input<typeof newVectorSchema>;

/** Names one vector. */
export const vectorNameSchema = z.object({ collection, id }).strict();
/** See {@link vectorNameSchema}. */
export type VectorName = z.input<typeof vectorNameSchema>;

/** What to look for among vectors: the like of a vector or of a text. */
export const vectorQuerySchema = z
  .object({
    collection,
    vector: vector.optional(),
    text: words.optional(),
    k: z.int().min(1).max(1000).default(10),
    filter: metadataFilterSchema.optional(),
  })
  .strict()
  .refine((query) => (query.vector === undefined) !== (query.text === undefined), {
    error: 'give either a vector or a text',
  });
/** See {@link vectorQuerySchema}. */
export type VectorQuery = z.input<typeof vectorQuerySchema>;

/** A vector that was found; `score` is the cosine, −1 to 1. */
export type FoundVector = {
  readonly id: string;
  readonly score: number;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** A collection of vectors: how many numbers each has, and how many there are. */
export type CollectionSummary = {
  readonly name: string;
  readonly dimensions: number;
  readonly size: number;
};
