import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { Adapter, AdapterParts } from './adapter.ts';
import { openaiModels } from './openai-models.ts';

/** What is no model that writes, whoever serves it. */
const otherUses = /embed|rerank|whisper|\btts\b/i;

/** Any server that speaks OpenAI's chat completions: LM Studio, vLLM, llama.cpp, OpenRouter. */
export function compatibleAdapter(parts: AdapterParts): Adapter {
  const { endpoint, key, fetch } = parts;
  const provider = createOpenAICompatible({
    name: 'compatible',
    baseURL: endpoint.url,
    ...(key === null ? {} : { apiKey: key }),
    includeUsage: true,
    supportsStructuredOutputs: true,
    fetch,
  });
  return {
    endpoint,
    model: (id) => provider.chatModel(id),
    list: (signal) => openaiModels(parts, (id) => !otherUses.test(id), signal),
  };
}
