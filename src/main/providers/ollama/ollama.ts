import PQueue from 'p-queue';
import { z } from 'zod';
import type { Adapter, AdapterParts, ListedModel } from '../adapters/adapter.ts';
import { getJson } from '../adapters/get-json.ts';
import { OllamaModel } from './ollama-model.ts';

const maxAsked = 100;
const atOnce = 8;
const embeds = /embed|bge-|minilm/i;

const tagsSchema = z.object({
  models: z.array(z.object({ name: z.string().min(1).max(200) })).max(10_000),
});
const showSchema = z.object({
  capabilities: z.array(z.string()).nullish().catch(null),
  model_info: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** Ollama, by its own API. Its models are those that are on its disk now. */
export function ollamaAdapter(parts: AdapterParts): Adapter {
  return {
    endpoint: parts.endpoint,
    model: (id) => new OllamaModel(id, parts),
    list: (signal) => localModels(parts, signal),
  };
}

async function localModels(
  parts: AdapterParts,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const headers: Record<string, string> = parts.key ? { authorization: `Bearer ${parts.key}` } : {};
  const url = `${parts.endpoint.url}/api/tags`;
  const { models } = await getJson(parts, url, tagsSchema, { signal, headers });
  const queue = new PQueue({ concurrency: atOnce });
  const shown = await queue.addAll(
    models.slice(0, maxAsked).map(
      ({ name }) =>
        () =>
          show(parts, name, headers, signal),
    ),
  );
  return shown.filter((model) => model !== null);
}

/** A model with its context; null where it does not write. What an old server does not tell is guessed by the name. */
async function show(
  parts: AdapterParts,
  id: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ListedModel | null> {
  const url = `${parts.endpoint.url}/api/show`;
  const body = { model: id };
  const shown = await getJson(parts, url, showSchema, { signal, headers, body }).catch((error) => {
    if (signal.aborted) throw error;
    return null;
  });
  const writes = shown?.capabilities?.includes('completion') ?? !embeds.test(id);
  if (!writes) return null;
  const length = Object.entries(shown?.model_info ?? {}).find(([name]) =>
    name.endsWith('.context_length'),
  )?.[1];
  return { id, contextTokens: Number.isSafeInteger(length) ? Number(length) : null };
}
