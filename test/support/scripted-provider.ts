import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from '#main/core/abort.ts';
import type {
  ModelAnswer,
  ModelRequest,
  Provider,
  ProviderCallOptions,
  Providers,
} from '#main/providers/provider.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** What a provider does with one call. */
export type Script = (
  request: ModelRequest,
  options: ProviderCallOptions,
  /** Calls before this one. */
  before: number,
) => Promise<string> | string;

/** A call that a provider got: when it began and ended, by `performance.now()`. */
export type Served = { readonly request: ModelRequest; readonly began: number; ended: number };

/** A provider of the test's own, in this process, that does what the test says. */
export class ScriptedProvider implements Provider {
  readonly id: ModelProvider;
  readonly served: Served[] = [];
  script: Script;
  /** Calls at once: now, and at most since the test set it. */
  running = 0;
  most = 0;

  constructor(id: ModelProvider, script: Script) {
    this.id = id;
    this.script = script;
  }

  async call(request: ModelRequest, options: ProviderCallOptions): Promise<ModelAnswer> {
    const one: Served = { request, began: performance.now(), ended: 0 };
    this.served.push(one);
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    try {
      const text = await this.script(request, options, this.served.length - 1);
      const usage = { inputTokens: 10, outputTokens: 20 };
      return { text, usage, finish: 'stop' };
    } finally {
      this.running -= 1;
      one.ended = performance.now();
    }
  }

  async models() {
    return [];
  }
}

/** The providers that a test has; each has the model `<id>-model`, at a dollar a thousand tokens. */
export function scripted(...all: readonly ScriptedProvider[]): Providers {
  return {
    get: (id) => {
      const found = all.find((one) => one.id === id);
      if (!found) throw new OmegaError('UNAVAILABLE', `The test has no ${id}.`);
      return found;
    },
    modelOf: async (id) => `${id}-model`,
    costOf: (_id, _model, { inputTokens, outputTokens }) =>
      inputTokens === null || outputTokens === null ? null : (inputTokens + outputTokens) / 1000,
  };
}

/** Answers after so many ms; ends at once with its signal, as a closed connection does. */
export function answersAfter(ms: number, text = 'answer'): Script {
  return async (_request, { signal }) => {
    await wait(ms, undefined, { signal }).catch(() => {
      throw cancelled(signal);
    });
    return text;
  };
}

/** A refusal because it is asked too often. */
export function tooMany(retryAfterMs?: number): OmegaError {
  const details = { status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return new OmegaError('UNAVAILABLE', 'Too many requests.', { retryable: true, details });
}

/** A failure of the provider, or a connection that was cut. */
export function fault(status = 500): OmegaError {
  return new OmegaError('UNAVAILABLE', 'Broken.', { retryable: true, details: { status } });
}
