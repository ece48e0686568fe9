import { requestKey } from '#main/providers/gate/request-key.ts';
import type { Config } from '#shared/config.ts';
import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import { modelRequest } from '../ai/model-request.ts';
import type { BuiltPrompt } from '../prompts/build-prompt.ts';
import { plannedPrompt } from '../prompts/planned-prompt.ts';
import type { PreviewContext } from '../prompts/preview-prompt.ts';

/** What the requests that near answers are looked for are made by. */
export type NearRequestContext = PreviewContext & {
  readonly defaults: Pick<Config['providers'], 'temperature' | 'maxTokens'>;
};

/** A request that a run of this moment would make for one artifact, and its key in the cache. */
export type NearRequest = { readonly key: string; readonly prompt: BuiltPrompt };

/** Makes it, as a run does. Throws as `plannedPrompt` does, and where the provider names no model. */
export async function nearRequest(
  context: NearRequestContext,
  wanted: ParsedInput<'cache.suggest'>,
  signal: AbortSignal,
): Promise<NearRequest> {
  const { defaults } = context;
  const { use: provider, memory } = wanted;
  const learning = memory ? context.learning : null;
  const prompt = await plannedPrompt({ ...context, learning }, wanted, signal);
  const model = wanted.model ?? (await context.modelOf(provider, signal).catch(withoutModel));
  const temperature = wanted.temperature ?? defaults.temperature;
  const maxTokens = wanted.maxTokens ?? defaults.maxTokens;
  const request = modelRequest(prompt, { provider, model, temperature, maxTokens });
  return { key: requestKey(request), prompt };
}

/** A provider that has no model is not an artifact that is not there. */
function withoutModel(error: unknown): never {
  if (!(error instanceof OmegaError) || error.code !== 'NOT_FOUND') throw error;
  throw new OmegaError('UNAVAILABLE', error.message, { cause: error });
}
