import type { AnswerName } from './answers/named.ts';
import { type FaultPlan, noFaults } from './fault.ts';
import { type Protocol, protocols, type SeenRequest } from './protocol.ts';

/** What the model says: all of it, or piece by piece as it comes. */
export type Answer = (request: SeenRequest) => string | AsyncIterable<string>;

/** How the server acts; each field can be changed while it runs. */
export type Behaviour = {
  /** From the request's arrival to the first byte, in ms; up to `jitterMs` are added, by the seed. */
  readonly latencyMs: number;
  readonly jitterMs: number;
  /** The pace of the text after the first byte, also of an answer that comes whole; null: at once. */
  readonly tokensPerSecond: number | null;
  /** Requests for text at once; one more is a 429. Null: no limit. */
  readonly capacity: number | null;
  /** What that 429 says in Retry-After. */
  readonly capacityRetryAfterMs: number;
  /** Whether answers that are due wait until it is false again, so that a moment can be looked at. */
  readonly held: boolean;
  readonly faults: FaultPlan;
  readonly seed: number;
  /** A function, or the name of one in `answers/named.ts`. */
  readonly answer: Answer | AnswerName;
  /** The right keys; null where none is asked for. */
  readonly keys: Readonly<Record<Protocol, string | null>>;
  readonly models: Readonly<Record<Protocol, readonly string[]>>;
  /** How long an access token of watsonx lives. */
  readonly tokenSeconds: number;
};

/** The key that every protocol with one asks for, unless told otherwise. */
export const standInKey = 'stand-in-key';

/** A good server: no latency, no limit, no fault. */
export const goodBehaviour: Behaviour = {
  latencyMs: 0,
  jitterMs: 0,
  tokensPerSecond: null,
  capacity: null,
  capacityRetryAfterMs: 1_000,
  held: false,
  faults: noFaults,
  seed: 1,
  answer: 'valid',
  keys: {
    ...(Object.fromEntries(protocols.map((one) => [one, standInKey])) as Record<Protocol, string>),
    compatible: null,
    ollama: null,
  },
  models: {
    openai: ['gpt-4.1', 'gpt-4.1-mini', 'text-embedding-3-small'],
    compatible: ['local-coder'],
    ollama: ['qwen2.5-coder:7b', 'llama3.2:latest', 'nomic-embed-text:latest'],
    anthropic: ['claude-sonnet-4-5', 'claude-haiku-4-5'],
    gemini: ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-embedding-001'],
    watsonx: ['ibm/granite-3-8b-instruct', 'meta-llama/llama-3-3-70b-instruct'],
  },
  tokenSeconds: 3_600,
};
