import type { Dispatcher } from 'undici';
import { steadyNow } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { isHeaderText, type ProviderKeys } from '#main/secrets/provider-keys.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider, ProviderView, TokenUsage } from '#shared/providers.ts';
import type { Adapter } from './adapters/adapter.ts';
import type { PriceTable } from './prices/price-table.ts';
import type { Provider, Providers } from './provider.ts';
import { lacksKey } from './provider-errors.ts';
import { adapterSettings, lackingSetting, providerFacts } from './provider-facts.ts';
import { SdkProvider } from './sdk-provider.ts';

/** How long the first model that a provider offers is taken for its first model. */
const firstModelMs = 60_000;

/** What the providers stand on. */
export type LiveProvidersOptions = {
  readonly settings: Live<Config['providers']>;
  /** Longest that a request may take now. */
  readonly timeoutMs: () => number;
  readonly keys: Pick<ProviderKeys, 'find'>;
  readonly prices: PriceTable;
  /** The connections; opened with the first request. */
  readonly connections: () => Promise<Dispatcher>;
};

type Opened = { readonly made: readonly (string | null)[]; readonly adapter: Promise<Adapter> };
type FirstModel = { readonly of: Adapter; readonly until: number; readonly id: Promise<string> };

/** The providers, each as the settings and keys of the moment of a call make it. */
export class LiveProviders implements Providers {
  readonly #options: LiveProvidersOptions;
  readonly #providers = new Map<ModelProvider, Provider>();
  readonly #opened = new Map<ModelProvider, Opened>();
  readonly #first = new Map<ModelProvider, FirstModel>();

  constructor(options: LiveProvidersOptions) {
    this.#options = options;
  }

  get(id: ModelProvider): Provider {
    const there = this.#providers.get(id);
    if (there) return there;
    const provider = new SdkProvider({
      id,
      adapter: () => this.#adapter(id),
      timeoutMs: this.#options.timeoutMs,
      withPrice: (model) => ({ ...model, price: this.#options.prices.of(id, model.id) }),
    });
    this.#providers.set(id, provider);
    return provider;
  }

  async modelOf(id: ModelProvider, signal: AbortSignal): Promise<string> {
    const set = this.#options.settings.current[providerFacts[id].modelField];
    if (set !== '') return set;
    const adapter = await this.#adapter(id);
    const known = this.#first.get(id);
    if (known?.of === adapter && steadyNow() < known.until) return untilAborted(known.id, signal);
    // Others may wait for it too: only its own time ends it.
    const first = this.#firstModel(id, new AbortController().signal);
    this.#first.set(id, { of: adapter, until: steadyNow() + firstModelMs, id: first });
    first.catch(() => this.#first.delete(id));
    return untilAborted(first, signal);
  }

  costOf(id: ModelProvider, model: string, usage: TokenUsage): number | null {
    return this.#options.prices.cost(id, model, usage);
  }

  /** A provider without asking it. What keeps its key from being read is told as what it lacks. */
  async view(id: ModelProvider): Promise<ProviderView> {
    const { name, needsKey, urlField, modelField } = providerFacts[id];
    const settings = this.#options.settings.current;
    const found = await this.#options.keys.find(id).catch((error: unknown) => ({
      key: null,
      source: { from: 'none' as const },
      problem: error instanceof Error ? error.message : String(error),
    }));
    const problem = 'problem' in found ? found.problem : null;
    const withoutKey = found.key === null && needsKey ? lacksKey({ id, name }).message : null;
    return {
      id,
      name,
      url: withoutPassword(settings[urlField]),
      needsKey,
      key: found.source,
      model: settings[modelField],
      lacks: lackingSetting(id, settings) ?? problem ?? withoutKey,
    };
  }

  /** Made anew only when what it is made of changed. Throws what is missing for it. */
  async #adapter(id: ModelProvider): Promise<Adapter> {
    const { settings, keys } = this.#options;
    const now = settings.current;
    const lack = lackingSetting(id, now);
    if (lack !== null) throw new OmegaError('INVALID_INPUT', lack);
    const { key } = await keys.find(id);
    const { name, needsKey } = providerFacts[id];
    if (key === null && needsKey) throw lacksKey({ id, name });
    if (key !== null && !isHeaderText(key)) {
      const message = `The key of ${name} holds blanks or other characters that no key has; set it again.`;
      throw new OmegaError('UNAUTHORIZED', message);
    }
    const made = [key, ...adapterSettings(id, now)];
    const opened = this.#opened.get(id);
    if (opened?.made.every((part, at) => part === made[at])) return opened.adapter;
    const adapter = this.#open(id, now, key);
    this.#opened.set(id, { made, adapter });
    adapter.catch(() => this.#opened.delete(id));
    return adapter;
  }

  async #open(
    id: ModelProvider,
    settings: Config['providers'],
    key: string | null,
  ): Promise<Adapter> {
    // Loaded late: a command that asks no model does without the clients.
    const { openAdapter } = await import('./open-adapter.ts');
    return openAdapter(id, settings, key, await this.#options.connections());
  }

  async #firstModel(id: ModelProvider, signal: AbortSignal): Promise<string> {
    const [first] = await this.get(id).models(signal);
    if (first) return first.id;
    const { name, modelField } = providerFacts[id];
    const next =
      id === 'ollama' ? 'fetch one with `ollama pull`' : `set providers.${modelField} to one`;
    throw new OmegaError('NOT_FOUND', `${name} offers no model that writes text; ${next}.`);
  }
}

function withoutPassword(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/i, '$1');
}
