import { z } from 'zod';
import { artifactKinds } from './artifact.ts';
import type { CallFigures, CallSecond, PromptPreview } from './calls.ts';
import { type NearRouteOutputs, nearRouteInputs } from './near-answers.ts';
import {
  keySchema,
  type ModelInfo,
  modelProviders,
  type ProviderTest,
  type ProviderView,
} from './providers.ts';
import { targetSchema } from './target.ts';
import { measuredUsageSchema } from './usage.ts';

const none = z.object({}).strict();
const provider = z.object({ provider: z.enum(modelProviders) }).strict();
const folder = z.string().min(1).max(4096);

/** What the cache holds and has done since the start; see `CacheStats` of the cache. */
export type CacheView = {
  readonly enabled: boolean;
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly memoryEntries: number;
  readonly memoryBytes: number;
  readonly memoryHits: number;
  readonly diskHits: number;
  readonly misses: number;
  readonly shared: number;
  readonly evicted: number;
  readonly expired: number;
  /** Hits of all that was looked up; null before the first. */
  readonly hitRate: number | null;
};

/** A model's price in US dollars a million tokens; `own` where the user set it. */
export type PriceRow = {
  readonly provider: string;
  readonly model: string;
  readonly input: number;
  readonly output: number;
  readonly own: boolean;
};

/** The zod schemas of the routes about providers, keys, prices, cache and calls. */
export const aiRouteInputs = {
  'provider.list': none,
  'provider.models': provider,
  'provider.test': provider,
  'key.set': provider.extend({ key: keySchema }).strict(),
  /** Keeps the key that the environment gives, so that it is there without. */
  'key.keep': provider,
  'key.delete': provider,
  'price.list': none,
  'price.set': provider
    .extend({
      model: z.string().trim().min(1).max(200),
      input: z.number().min(0).max(100_000),
      output: z.number().min(0).max(100_000),
    })
    .strict(),
  'price.delete': provider.extend({ model: z.string().trim().min(1).max(200) }).strict(),
  'cache.stats': none,
  'cache.clear': z
    .object({ provider: z.enum(modelProviders).optional(), project: folder.optional() })
    .strict(),
  ...nearRouteInputs,
  'call.figures': none,
  /** The last seconds, oldest first, for a chart. */
  'call.seconds': z.object({ seconds: z.int().min(1).max(600).default(120) }).strict(),
  'prompt.preview': z
    .object({
      root: folder,
      kind: z.enum(artifactKinds),
      service: z.string().nullable(),
      use: z.enum(modelProviders),
      model: z.string().trim().min(1).max(200).nullable().default(null),
      /**
       * The run that would ask, whose other files may share the request; absent means that the
       * artifact is asked for alone. `batchSize` as of a run: null is what is set.
       */
      run: z
        .object({
          kinds: z.array(z.enum(artifactKinds)).min(1),
          services: z.array(z.string().max(1000)).max(10_000).optional(),
          batchSize: z.int().min(1).max(50).nullable().default(null),
          /** As of a run; null is what is set. */
          target: targetSchema.nullable().default(null),
          usage: measuredUsageSchema.optional(),
        })
        .strict()
        .optional(),
    })
    .strict(),
} as const;

/** What those routes answer. */
export type AiRouteOutputs = NearRouteOutputs & {
  'provider.list': readonly ProviderView[];
  'provider.models': readonly ModelInfo[];
  'provider.test': ProviderTest;
  'key.set': ProviderView;
  'key.keep': ProviderView;
  'key.delete': ProviderView;
  'price.list': readonly PriceRow[];
  'price.set': readonly PriceRow[];
  'price.delete': readonly PriceRow[];
  'cache.stats': CacheView;
  'cache.clear': { readonly removed: number };
  'call.figures': CallFigures;
  'call.seconds': readonly CallSecond[];
  'prompt.preview': PromptPreview;
};
