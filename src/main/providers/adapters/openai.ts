import { createOpenAI } from '@ai-sdk/openai';
import type { Adapter, AdapterParts } from './adapter.ts';
import { openaiModels } from './openai-models.ts';

/** What is listed beside the models of chat completions, by the words of its names. */
const otherUses =
  /embed|whisper|tts|dall-e|moderation|audio|realtime|transcribe|image|sora|search|computer-use|deep-research|codex|-pro(?:-|$)|instruct|^(?:babbage|davinci)/;

/** OpenAI, by chat completions, which whatever stands in for it speaks too. */
export function openaiAdapter(parts: AdapterParts): Adapter {
  const { endpoint, key, fetch } = parts;
  const provider = createOpenAI({ baseURL: endpoint.url, apiKey: key ?? '', fetch });
  return {
    endpoint,
    model: (id) => provider.chat(id),
    list: (signal) => openaiModels(parts, (id) => !otherUses.test(id), signal),
  };
}
