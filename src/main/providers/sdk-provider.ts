import { throwIfCancelled } from '#main/core/abort.ts';
import type { ModelInfo, ModelProvider } from '#shared/providers.ts';
import type { Adapter, ListedModel } from './adapters/adapter.ts';
import { callOptions } from './call-options.ts';
import { Deadline } from './deadline.ts';
import type { ModelAnswer, ModelRequest, Provider, ProviderCallOptions } from './provider.ts';
import { providerError } from './provider-errors.ts';
import { readAnswer, readStream } from './read-answer.ts';

/** Longest that a list of models may take. */
const listTimeoutMs = 20_000;

/** What a provider is made with. */
export type SdkProviderOptions = {
  readonly id: ModelProvider;
  /** The adapter as settings and key of this moment make it; throws what they lack. */
  readonly adapter: () => Promise<Adapter>;
  /** Longest that a request may take now. */
  readonly timeoutMs: () => number;
  readonly withPrice: (model: ListedModel) => ModelInfo;
};

/**
 * A provider through the SDK's model interface, which is what `generateText` and `streamText` call;
 * those would add the time of a second request for steps and tools that are not used here.
 */
export class SdkProvider implements Provider {
  readonly id: ModelProvider;
  readonly #options: SdkProviderOptions;

  constructor(options: SdkProviderOptions) {
    this.id = options.id;
    this.#options = options;
  }

  async prepare(): Promise<void> {
    // What is lacking is the call's to tell.
    await this.#options.adapter().catch(() => undefined);
  }

  call(request: ModelRequest, { signal, onText }: ProviderCallOptions): Promise<ModelAnswer> {
    return this.#within(signal, this.#options.timeoutMs(), async (adapter, until) => {
      const model = adapter.model(request.model);
      const options = callOptions(request, until);
      if (!onText) return readAnswer(adapter.endpoint, await model.doGenerate(options));
      const { stream } = await model.doStream(options);
      return readStream(adapter.endpoint, stream, onText);
    });
  }

  models(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const ms = Math.min(listTimeoutMs, this.#options.timeoutMs());
    return this.#within(signal, ms, async (adapter, until) =>
      (await adapter.list(until)).map(this.#options.withPrice),
    );
  }

  async #within<T>(
    signal: AbortSignal,
    timeoutMs: number,
    work: (adapter: Adapter, until: AbortSignal) => Promise<T>,
  ): Promise<T> {
    throwIfCancelled(signal);
    const adapter = await this.#options.adapter();
    const deadline = new Deadline(signal, timeoutMs);
    try {
      return await work(adapter, deadline.signal);
    } catch (error) {
      throw deadline.reason(adapter.endpoint.name) ?? providerError(adapter.endpoint, error);
    } finally {
      deadline.close();
    }
  }
}
