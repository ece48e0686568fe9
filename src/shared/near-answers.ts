import { z } from 'zod';
import { artifactKinds } from './artifact.ts';
import { modelProviders } from './providers.ts';

const folder = z.string().min(1).max(4096);
const key = z.string().regex(/^[0-9a-f]{64}$/, 'Give the 64 digits of an answer.');

/** Which request: the one that `prompt.preview` shows, as a run with these options would make it. */
const request = z.object({
  root: folder,
  kind: z.enum(artifactKinds),
  service: z.string().nullable(),
  use: z.enum(modelProviders),
  model: z.string().trim().min(1).max(200).nullable().default(null),
  /** Null means as it is set; so does the one that follows. */
  temperature: z.number().min(0).max(2).nullable().default(null),
  maxTokens: z.int().min(64).max(200_000).nullable().default(null),
  /** Nothing is suggested to a run that would not look into the cache. */
  cache: z.enum(['use', 'refresh', 'off']).default('use'),
  memory: z.boolean().default(true),
});

/** The zod schemas of the routes about near answers. */
export const nearRouteInputs = {
  'cache.suggest': request.strict(),
  /** `key` is that of the request as it was suggested for, `from` that of the answer to take. */
  'cache.accept': request.extend({ key, from: key }).strict(),
  /** Takes an accepted answer back; others are cleared by `cache.clear`. */
  'cache.forget': z.object({ key }).strict(),
} as const;

/** From where a person took an answer over; times in ms since 1970. */
export type AcceptedAnswer = {
  /** The key of the answer that it is a copy of. */
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly project: string | null;
  readonly madeAt: number;
  readonly acceptedAt: number;
};

/** A kept answer to a request that was near, as a person looks at it. */
export type NearAnswer = {
  readonly key: string;
  /** Of what the two requests are about: 1 is the same. */
  readonly similarity: number;
  readonly provider: string;
  readonly model: string;
  /** Absolute path; null where it was asked for no project. */
  readonly project: string | null;
  readonly madeAt: number;
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Facts in which the requests differ; null is a fact that one of them has not. */
  readonly differs: readonly {
    readonly fact: string;
    readonly here: string | null;
    readonly there: string | null;
  }[];
};

/** What of the cache may stand for a request: its own answer, or near ones for a person to choose from. */
export type NearAnswers =
  | { readonly state: 'off'; readonly why: string }
  | { readonly state: 'unavailable'; readonly why: string }
  | { readonly state: 'kept'; readonly key: string; readonly accepted: AcceptedAnswer | null }
  | { readonly state: 'near'; readonly key: string; readonly answers: readonly NearAnswer[] };

/** What those routes answer. */
export type NearRouteOutputs = {
  'cache.suggest': NearAnswers;
  'cache.accept': Extract<NearAnswers, { readonly state: 'kept' }>;
  'cache.forget': { readonly forgotten: boolean };
};
