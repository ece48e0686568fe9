import { createAnthropic } from '@ai-sdk/anthropic';
import { z } from 'zod';
import type { Adapter, AdapterParts } from './adapter.ts';
import { getJson } from './get-json.ts';

const listSchema = z.object({
  data: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        max_input_tokens: z.int().positive().nullish().catch(null),
      }),
    )
    .max(1000),
});

/** Anthropic, by its Messages API. */
export function anthropicAdapter(parts: AdapterParts): Adapter {
  const { endpoint, key, fetch } = parts;
  const provider = createAnthropic({ baseURL: endpoint.url, apiKey: key ?? '', fetch });
  return {
    endpoint,
    model: (id) => provider.languageModel(id),
    list: async (signal) => {
      const headers = { 'x-api-key': key ?? '', 'anthropic-version': '2023-06-01' };
      const url = `${endpoint.url}/models?limit=1000`;
      const { data } = await getJson(parts, url, listSchema, { signal, headers });
      return data.map(({ id, max_input_tokens }) => ({
        id,
        contextTokens: max_input_tokens ?? null,
      }));
    },
  };
}
