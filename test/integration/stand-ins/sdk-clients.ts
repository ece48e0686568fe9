import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import { createOllama } from 'ai-sdk-ollama';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import type { Protocol } from '#test/stand-ins/protocol.ts';
import type { StandIn } from '#test/stand-ins/server.ts';

/** A provider package of the AI SDK, pointed at a stand-in. */
export type SdkClient = {
  readonly name: string;
  readonly protocol: Protocol;
  /** Address that it is known to ask, as the log names it, for an answer that comes whole and as a stream. */
  readonly endpoints: readonly [whole: string, stream: string];
  readonly known: string;
  readonly model: (
    standIn: StandIn,
    id: string,
    key?: string,
    signal?: AbortSignal,
  ) => LanguageModel;
};

/** Every provider package that the app uses. */
export const sdkClients: readonly SdkClient[] = [
  {
    name: 'openai, by default',
    protocol: 'openai',
    endpoints: ['responses', 'responses'],
    known: 'gpt-4.1',
    model: ({ urls }, id, apiKey = standInKey) =>
      createOpenAI({ baseURL: urls.openai, apiKey })(id),
  },
  {
    name: 'openai.chat',
    protocol: 'openai',
    endpoints: ['chat', 'chat'],
    known: 'gpt-4.1',
    model: ({ urls }, id, apiKey = standInKey) =>
      createOpenAI({ baseURL: urls.openai, apiKey }).chat(id),
  },
  {
    name: 'openai-compatible',
    protocol: 'compatible',
    endpoints: ['chat', 'chat'],
    known: 'local-coder',
    model: ({ urls }, id, apiKey = standInKey) =>
      createOpenAICompatible({
        name: 'local',
        baseURL: urls.compatible,
        apiKey,
        includeUsage: true,
      })(id),
  },
  {
    name: 'ai-sdk-ollama',
    protocol: 'ollama',
    endpoints: ['chat', 'chat'],
    known: 'qwen2.5-coder:7b',
    // It does not pass a signal on, whole answers and running streams go on; a fetch of its own does.
    model: ({ urls }, id, _key, signal) =>
      createOllama({
        baseURL: urls.ollama,
        fetch: (url, init) => fetch(url, { ...init, ...(signal === undefined ? {} : { signal }) }),
      })(id),
  },
  {
    name: 'anthropic',
    protocol: 'anthropic',
    endpoints: ['messages', 'messages'],
    known: 'claude-haiku-4-5',
    model: ({ urls }, id, apiKey = standInKey) =>
      createAnthropic({ baseURL: urls.anthropic, apiKey })(id),
  },
  {
    name: 'google',
    protocol: 'gemini',
    endpoints: ['generateContent', 'streamGenerateContent'],
    known: 'gemini-2.5-flash',
    model: ({ urls }, id, apiKey = standInKey) =>
      createGoogle({ baseURL: urls.gemini, apiKey })(id),
  },
];
