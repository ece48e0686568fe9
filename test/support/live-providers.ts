import { onTestFinished } from 'vitest';
import type { Environment } from '#main/core/config/environment.ts';
import { LiveProviders } from '#main/providers/live-providers.ts';
import { PriceTable } from '#main/providers/prices/price-table.ts';
import type { ModelRequest } from '#main/providers/provider.ts';
import { Transport } from '#main/providers/transport/transport.ts';
import { ProviderKeys } from '#main/secrets/provider-keys.ts';
import { type Config, configSchema } from '#shared/config.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { type BehaviourChange, StandIn } from '#test/stand-ins/server.ts';
import { changing } from './changing.ts';
import { tempFolder } from './temp-folder.ts';

/** The environment that gives every provider the stand-in's key. */
export const standInEnv: Environment = {
  OMEGA_KEYRING: 'off',
  OPENAI_API_KEY: standInKey,
  ANTHROPIC_API_KEY: standInKey,
  GEMINI_API_KEY: standInKey,
  WATSONX_API_KEY: standInKey,
};

/** Settings that send every provider to a stand-in. */
export function standInSettings(standIn: Pick<StandIn, 'urls'>): Partial<Config['providers']> {
  const { urls } = standIn;
  return {
    openaiUrl: urls.openai,
    compatibleUrl: urls.compatible,
    ollamaUrl: urls.ollama,
    anthropicUrl: urls.anthropic,
    geminiUrl: urls.gemini,
    watsonxUrl: urls.watsonx,
    watsonxIamUrl: urls.watsonx,
    watsonxProject: 'a-project',
  };
}

/** The providers of the app, and a stand-in that they ask; both end with the test. */
export async function providersOn(
  behaviour: BehaviourChange = {},
  { env = standInEnv, timeoutMs = 10_000 }: { env?: Environment; timeoutMs?: number } = {},
) {
  const standIn = await StandIn.start(behaviour);
  onTestFinished(() => standIn.close());
  const settings = changing({
    ...configSchema.shape.providers.parse({}),
    ...standInSettings(standIn),
  });
  const dataFolder = tempFolder();
  const keys = new ProviderKeys({ dataFolder, env });
  const transport = new Transport({});
  onTestFinished(() => transport.dispose());
  const none = { list: () => [], of: () => [], set: () => undefined, delete: () => false };
  const providers = new LiveProviders({
    settings,
    timeoutMs: () => timeoutMs,
    keys,
    prices: new PriceTable(none),
    connections: async () => transport.dispatcher,
  });
  return { standIn, settings, keys, providers, dataFolder };
}

/** A request to the first model that the stand-in offers for a provider. */
export function requestTo(
  standIn: StandIn,
  provider: ModelProvider,
  change: Partial<ModelRequest> = {},
): ModelRequest {
  return {
    provider,
    model: standIn.behaviour.models[provider][0] ?? '',
    system: 'You write files.',
    prompt: 'Write a Dockerfile for the service "api".',
    images: [],
    temperature: 0.2,
    maxTokens: 2000,
    schema: null,
    ...change,
  };
}

/** A signal that nobody aborts. */
export const calm = (): AbortSignal => new AbortController().signal;
