import type { JSONSchema7, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { ModelRequest } from './provider.ts';

/** A request as the SDK's model interface takes it. */
export function callOptions(
  request: ModelRequest,
  abortSignal: AbortSignal,
): LanguageModelV4CallOptions {
  const { system, prompt, images, temperature, maxTokens, schema } = request;
  const files = images.map(({ mediaType, data }) => ({
    type: 'file' as const,
    mediaType,
    data: { type: 'data' as const, data },
  }));
  return {
    prompt: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: [{ type: 'text', text: prompt }, ...files] },
    ],
    temperature,
    maxOutputTokens: maxTokens,
    abortSignal,
    ...(schema === null
      ? {}
      : { responseFormat: { type: 'json', schema: schema as JSONSchema7, name: 'answer' } }),
  };
}
