import { z } from 'zod';

/** The seven tiers, from the shortest lived to the one that is kept for ever. */
export const memoryTiers = [
  'immediate',
  'short-term',
  'session',
  'episodic',
  'semantic',
  'procedural',
  'strategic',
] as const;
/** One of {@link memoryTiers}. */
export type MemoryTier = (typeof memoryTiers)[number];

const id = z.string().min(1).max(64);
const share = z.number().min(0).max(1);
const tag = z.string().min(1).max(100);
const json = z.json();
const text = z.string().min(1).max(100_000).regex(/\S/, 'Give it a text that is more than space');
const embedding = z.custom<Float32Array>(
  (value) => value instanceof Float32Array,
  'Give it a Float32Array',
);
const tags = z.array(tag).max(64);
const metadata = z.record(z.string().max(100), json);

/** Where a memory comes from, and what became of it. Times are ms since 1970. */
export const provenanceSchema = z.object({
  /** What made it: `proposal`, `scan`, `loop`, `user` … */
  source: z.string().max(100),
  /** What it was made from: the id of a proposal, a file's path … */
  ref: z.string().max(4096).optional(),
  /** Memories that were merged into it, newest last; the latest hundred are named. */
  merged: z
    .array(z.object({ id, source: z.string(), ref: z.string().optional() }))
    .max(100)
    .default([]),
  /** Tiers that it has left, and when; the latest hundred. */
  moves: z
    .array(z.object({ from: z.enum(memoryTiers), at: z.number() }))
    .max(100)
    .default([]),
});
/** See {@link provenanceSchema}. */
export type Provenance = z.infer<typeof provenanceSchema>;

/** A memory to be stored. */
export const newMemorySchema = z
  .object({
    tier: z.enum(memoryTiers).default('immediate'),
    /** What it is: `fact`, `edit`, `episode` …; free, to filter by. */
    type: z.string().min(1).max(100).default('fact'),
    text,
    /** Its vector; made from the text where absent. */
    embedding: embedding.optional(),
    importance: share.default(0.5),
    confidence: share.default(1),
    tags: tags.default([]),
    metadata: metadata.default({}),
    source: z.string().min(1).max(100).default('user'),
    ref: z.string().max(4096).optional(),
  })
  .strict();
/** See {@link newMemorySchema}. */
export type NewMemory = z.input<typeof newMemorySchema>;

/** A stored memory. Times are ms since 1970. */
export type Memory = {
  readonly id: string;
  readonly tier: MemoryTier;
  readonly type: string;
  readonly text: string;
  readonly importance: number;
  readonly confidence: number;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, z.infer<typeof json>>>;
  readonly createdAt: number;
  /** When it was stored, moved up or recalled last: its retention counts from here. */
  readonly accessedAt: number;
  /** How often it was recalled. */
  readonly uses: number;
  readonly provenance: Provenance;
};

/** A change of a memory; what is absent stays. */
export const memoryChangeSchema = z
  .object({
    tier: z.enum(memoryTiers),
    text,
    importance: share,
    confidence: share,
    tags,
    metadata,
  })
  .partial()
  .strict();
/** See {@link memoryChangeSchema}. */
export type MemoryChange = z.infer<typeof memoryChangeSchema>;

/** What to look for; every condition must hold. Without a text or an embedding the newest come first. */
export const memoryQuerySchema = z
  .object({
    tiers: z.array(z.enum(memoryTiers)).min(1).max(7).optional(),
    types: z.array(z.string().max(100)).min(1).max(64).optional(),
    /** All of these tags. */
    tags: tags.optional(),
    text: z.string().max(10_000).optional(),
    embedding: embedding.optional(),
    minImportance: share.optional(),
    minConfidence: share.optional(),
    /** Made at or after, and before, in ms since 1970. */
    from: z.number().optional(),
    to: z.number().optional(),
    limit: z.int().min(1).max(1000).default(10),
    /** Whether what is found counts as recalled, and so is kept longer; off for who only looks. */
    recalls: z.boolean().default(true),
  })
  .strict();
/** See {@link memoryQuerySchema}. */
export type MemoryQuery = z.input<typeof memoryQuerySchema>;

/** A memory that was found, and why it is where it is in the list. */
export type FoundMemory = {
  readonly memory: Memory;
  /** What the list is ordered by, higher is better; comparable within one answer only. */
  readonly score: number;
  /** Its places among full text's and the vectors' results, from 1; null where not among them. */
  readonly textRank: number | null;
  readonly vectorRank: number | null;
};

/** What a consolidation did, in memories. */
export type ConsolidationReport = {
  /** That outlived their tier since the last time: no query finds them any more. */
  readonly expired: number;
  /** That had outlived it long enough to be deleted. */
  readonly purged: number;
  readonly merged: number;
  readonly decayed: number;
  readonly promoted: number;
  readonly evicted: number;
  /** Vectors that were made for memories stored while none could be. */
  readonly embedded: number;
  /** What was left for another time, and why; null where nothing was. */
  readonly degraded: string | null;
  /** Memories in each tier afterwards, within their retention. */
  readonly sizes: Readonly<Record<MemoryTier, number>>;
};
