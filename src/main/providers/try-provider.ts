import { throwIfCancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider, ProviderTest } from '#shared/providers.ts';
import type { Providers } from './provider.ts';

/**
 * Tries a provider by asking for its models; one that keeps no list is asked for one token of the
 * model that `model` names. Only a cancellation throws.
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
  try {
    return (await provider.models(signal)).length;
  } catch (error) {
    if (model === '' || !keepsNoList(error)) throw error;
    const asked = { system: '', prompt: 'Hi', images: [], temperature: 0, maxTokens: 1 };
    await provider.call({ ...asked, provider: id, model, schema: null }, { signal });
    return 1;
  }
}

function keepsNoList(error: unknown): boolean {
  const status = error instanceof OmegaError ? error.details?.status : null;
  return status === 404 || status === 405 || status === 501;
}
