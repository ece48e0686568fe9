import { createGoogle } from '@ai-sdk/google';
import { z } from 'zod';
import type { Adapter, AdapterParts } from './adapter.ts';
import { getJson } from './get-json.ts';

const listSchema = z.object({
  models: z
    .array(
      z.object({
        name: z.string().min(1).max(200),
        supportedGenerationMethods: z.array(z.string()).nullish(),
        inputTokenLimit: z.int().positive().nullish().catch(null),
      }),
    )
    .max(10_000)
    .default([]),
});

/** Models of `generateContent` that make something else than text. */
const otherUses = /embedding|image|tts|aqa|veo|live|audio|robotics|computer-use/;

/** Google Gemini, by its `generateContent`. */
export function geminiAdapter(parts: AdapterParts): Adapter {
  const { endpoint, key, fetch } = parts;
  const provider = createGoogle({ baseURL: endpoint.url, apiKey: key ?? '', fetch });
  return {
    endpoint,
    model: (id) => provider.languageModel(id),
    list: async (signal) => {
      const headers = { 'x-goog-api-key': key ?? '' };
      const url = `${endpoint.url}/models?pageSize=1000`;
      const { models } = await getJson(parts, url, listSchema, { signal, headers });
      return models
        .filter(
          ({ supportedGenerationMethods: methods }) => methods?.includes('generateContent') ?? true,
        )
        .map(({ name, inputTokenLimit }) => ({
          id: name.replace(/^models\//, ''),
          contextTokens: inputTokenLimit ?? null,
        }))
        .filter(({ id }) => !otherUses.test(id));
    },
  };
}
