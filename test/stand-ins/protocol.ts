import type { IncomingHttpHeaders } from 'node:http';
import type { Tokens } from './tokens.ts';

/** The protocols that the stand-in speaks, by the app's own names of the providers. */
export const protocols = [
  'openai',
  'compatible',
  'ollama',
  'anthropic',
  'gemini',
  'watsonx',
] as const;
/** One of {@link protocols}. */
export type Protocol = (typeof protocols)[number];

/** What came with a request: whether it was the right key, never the key itself. */
export type KeySeen = 'right' | 'wrong' | 'missing' | 'not-needed';

/** A request for text as a protocol's reader understood it. */
export type SeenRequest = {
  readonly protocol: Protocol;
  /** `chat`, `responses`, `generate`, `messages`, … */
  readonly endpoint: string;
  readonly model: string;
  readonly stream: boolean;
  /** Null where the request does not say. */
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly system: string;
  /** The texts of all messages that are not the system's, in order. */
  readonly prompt: string;
  readonly images: number;
  /** The JSON schema that the answer must fit, as it was sent; null where none was. */
  readonly schema: unknown;
};

/** Why an answer ends: the model is done, `maxTokens` are used up, or the provider's filter. */
export type Finish = 'stop' | 'length' | 'filter';

/** An answer that is whole. */
export type Ended = {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly finish: Finish;
};

/** How a protocol writes one answer. Each text is complete with the line ends that it needs. */
export type Wire = {
  /** Content type of the stream. */
  readonly type: string;
  /** What ends each frame of it. */
  readonly frameEnd: string;
  readonly whole: (ended: Ended) => unknown;
  readonly begin: (inputTokens: number) => string;
  readonly piece: (text: string) => string;
  readonly end: (ended: Ended) => string;
  /** An error in the middle of a stream, as the provider writes it. */
  readonly failure: (message: string) => string;
};

/** A request that was understood, and how its answer is written. */
export type Read = { readonly seen: SeenRequest; readonly wire: Wire };

/** Why no answer is given: a reason that each protocol puts in its own way, or a status. */
export type Refusal = 'key-missing' | 'key-wrong' | 'no-model' | number;

/** An HTTP answer with a JSON body. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** The head of a request. */
export type Call = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
};

/** What a dialect needs to know of its server. */
export type Site = {
  /** The right key; null where none is asked for. */
  readonly key: string | null;
  readonly models: readonly string[];
  readonly tokens: Tokens;
  /** How long a token of {@link tokens} that is issued now lives, in seconds. */
  readonly tokenSeconds: number;
};

/** What is behind an address. `read` throws for a body that the provider would refuse. */
export type Route =
  | {
      readonly kind: 'generate';
      readonly read: (body: unknown) => Read;
    }
  | {
      readonly kind: 'plain';
      readonly endpoint: string;
      /** Whether it may be asked without the key. */
      readonly open: boolean;
      readonly reply: (body: string) => Reply;
    };

/** One protocol. */
export interface Dialect {
  readonly protocol: Protocol;
  /** Null where the address is not of this protocol. */
  route(call: Call, site: Site): Route | null;
  keySeen(call: Call, site: Site): KeySeen;
  /** The provider's own error for a reason; `detail` is the model's name or what is wrong. */
  refuse(refusal: Refusal, detail: string): Reply;
  /** What the provider counts in headers: requests that are left, of how many. */
  headers?(left: number, limit: number): Readonly<Record<string, string>>;
}
