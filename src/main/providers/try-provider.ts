import { throwIfCancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider, ProviderTest } from '#shared/providers.ts';
import { nearModels } from './near-models.ts';
import type { Provider, Providers } from './provider.ts';
import { providerFacts } from './provider-facts.ts';

/**
 * Tries a provider by asking for its models. Where the model that `model` names (empty: none) is not
 * among them, or no list is kept, it is asked for one token; one that is not there is `NOT_FOUND`,
 * with the models that have a like name. Only a cancellation throws.
 */
export async function tryProvider(
  providers: Providers,
  id: ModelProvider,
  model: string,
  signal: AbortSignal,
): Promise<ProviderTest> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const models = await count(providers, id, model, signal);
    return { ok: true, ms: ms(), models };
  } catch (error) {
    throwIfCancelled(signal);
    const known = error instanceof OmegaError ? error : new OmegaError('INTERNAL', String(error));
    return { ok: false, ms: ms(), error: known.toData() };
  }
}

async function count(
  providers: Providers,
  id: ModelProvider,
  model: string,
  signal: AbortSignal,
): Promise<number> {
  const provider = providers.get(id);
  const offered = await list(provider, model, signal);
  // A version or a model of one's own may be there without being listed.
  if (model !== '' && !offered?.includes(model)) {
    await askOnce(provider, model, signal).catch((error: unknown) => {
      const isMissing = error instanceof OmegaError && error.code === 'NOT_FOUND';
      throw isMissing && offered ? noSuchModel(id, model, offered, error) : error;
    });
  }
  return offered?.length ?? 1;
}

/** The names that it offers; null where it keeps no list and the model can be asked instead. */
async function list(
  provider: Provider,
  model: string,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  try {
    return (await provider.models(signal)).map((offered) => offered.id);
  } catch (error) {
    if (model === '' || !keepsNoList(error)) throw error;
    return null;
  }
}

async function askOnce(provider: Provider, model: string, signal: AbortSignal): Promise<void> {
  const asked = { system: '', prompt: 'Hi', images: [], temperature: 0, maxTokens: 1 };
  await provider.call({ ...asked, provider: provider.id, model, schema: null }, { signal });
}

function noSuchModel(
  id: ModelProvider,
  model: string,
  offered: readonly string[],
  cause: OmegaError,
): OmegaError {
  const near = nearModels(model, offered);
  const [what, names] = near.length > 0 ? ['Near it', near] : ['It offers', offered.slice(0, 3)];
  const next =
    names.length === 0
      ? 'It offers none; fetch or deploy one first.'
      : `${what}: ${names.join(', ')}. Choose one of these, or clear the model to take the first.`;
  const fetch =
    id === 'ollama' && names.length > 0 ? ` Or fetch it: \`ollama pull ${model}\`.` : '';
  return new OmegaError(
    'NOT_FOUND',
    `${providerFacts[id].name} has no model "${model}". ${next}${fetch}`,
    {
      cause,
      details: { model, near },
    },
  );
}

function keepsNoList(error: unknown): boolean {
  const status = error instanceof OmegaError ? error.details?.status : null;
  return status === 404 || status === 405 || status === 501;
}
