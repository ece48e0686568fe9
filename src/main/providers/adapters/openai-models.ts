import { z } from 'zod';
import type { AdapterParts, ListedModel } from './adapter.ts';
import { getJson } from './get-json.ts';

const limit = z.int().positive().nullish().catch(null);
const listSchema = z.object({
  data: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        /** OpenRouter. */
        context_length: limit,
        /** vLLM. */
        max_model_len: limit,
        /** llama.cpp. */
        meta: z.object({ n_ctx_train: limit }).nullish().catch(null),
      }),
    )
    .max(10_000),
});

/** The models that `GET /models` of an OpenAI-compatible server names and `writes` accepts. */
export async function openaiModels(
  parts: AdapterParts,
  writes: (id: string) => boolean,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const { url } = parts.endpoint;
  const headers: Record<string, string> = parts.key ? { authorization: `Bearer ${parts.key}` } : {};
  const { data } = await getJson(parts, `${url}/models`, listSchema, { signal, headers });
  return data
    .filter(({ id }) => writes(id))
    .map(({ id, context_length, max_model_len, meta }) => ({
      id,
      contextTokens: context_length ?? max_model_len ?? meta?.n_ctx_train ?? null,
    }));
}
