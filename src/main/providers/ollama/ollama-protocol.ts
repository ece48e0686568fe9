import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { z } from 'zod';
import { usageOfTokens } from '../adapters/parts-stream.ts';
import { plainMessages } from '../adapters/prompt-parts.ts';

const count = z.int().min(0).nullish().catch(null);

/** A line of `/api/chat`, and its whole answer where it does not stream. */
export const chatLine = z.object({
  message: z.object({ content: z.string().nullish() }).nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  prompt_eval_count: count,
  eval_count: count,
  error: z.string().nullish(),
});
/** See {@link chatLine}. */
export type ChatLine = z.infer<typeof chatLine>;

/** The body of a request to `/api/chat`. */
export function chatBody(model: string, options: LanguageModelV4CallOptions, stream: boolean) {
  const { prompt, temperature, maxOutputTokens, responseFormat } = options;
  const messages = plainMessages(prompt).map(({ role, text, images }) => ({
    role,
    content: text,
    ...(images.length > 0 ? { images: images.map(({ base64 }) => base64) } : {}),
  }));
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  return {
    model,
    stream,
    messages,
    options: {
      temperature,
      num_predict: maxOutputTokens,
      num_ctx: contextFor(characters, maxOutputTokens ?? 0),
    },
    ...(responseFormat?.type === 'json' ? { format: responseFormat.schema ?? 'json' } : {}),
  };
}

/**
 * Tokens of context to ask for. By itself Ollama takes a few thousand and cuts longer prompts off
 * without a word. Powers of two, because another size makes it load the model anew.
 */
export function contextFor(characters: number, maxTokens: number): number {
  // Source code has some three characters a token.
  const needed = Math.ceil(characters / 3) + maxTokens;
  return Math.min(2 ** Math.ceil(Math.log2(Math.max(needed, 4096))), 131_072);
}

/** Why it stopped, as the last line says; undefined before that. */
export function finishOfLine({
  done,
  done_reason: raw,
}: ChatLine): LanguageModelV4FinishReason | undefined {
  if (done !== true) return undefined;
  // Older servers give no reason.
  if (raw === 'stop' || raw === 'length') return { unified: raw, raw };
  return raw ? { unified: 'other', raw } : { unified: 'stop', raw: undefined };
}

/** The counts of the last line; undefined before that. */
export function usageOfLine(line: ChatLine): LanguageModelV4Usage | undefined {
  return line.done === true ? usageOfTokens(line.prompt_eval_count, line.eval_count) : undefined;
}
