import type { LanguageModelV4CallOptions, LanguageModelV4FinishReason } from '@ai-sdk/provider';
import { z } from 'zod';
import { plainMessages } from '../adapters/prompt-parts.ts';

/** The version of the API that these shapes are of. */
export const apiVersion = '2025-02-11';

const count = z.int().min(0).nullish().catch(null);
const usage = z.object({ prompt_tokens: count, completion_tokens: count }).nullish();
const content = z.object({ content: z.string().nullish() }).nullish();

/** The answer of `/ml/v1/text/chat`. */
export const chatAnswer = z.object({
  choices: z.array(z.object({ message: content, finish_reason: z.string().nullish() })).min(1),
  usage,
});

/** An event of `/ml/v1/text/chat_stream`. */
export const chatEvent = z.object({
  choices: z.array(z.object({ delta: content, finish_reason: z.string().nullish() })).nullish(),
  usage,
  errors: z.array(z.unknown()).nullish(),
  error: z.unknown().optional(),
});

/** The body of a request to either. */
export function chatBody(model: string, project: string, options: LanguageModelV4CallOptions) {
  const { prompt, temperature, maxOutputTokens, responseFormat } = options;
  return {
    model_id: model,
    project_id: project,
    messages: plainMessages(prompt).map(({ role, text, images }) => ({
      role,
      content:
        images.length === 0
          ? text
          : [
              { type: 'text', text },
              ...images.map(({ mediaType, base64 }) => ({
                type: 'image_url',
                image_url: { url: `data:${mediaType};base64,${base64}` },
              })),
            ],
    })),
    max_tokens: maxOutputTokens,
    temperature,
    ...(responseFormat?.type === 'json'
      ? {
          response_format: responseFormat.schema
            ? {
                type: 'json_schema',
                json_schema: {
                  name: responseFormat.name ?? 'answer',
                  schema: responseFormat.schema,
                  strict: true,
                },
              }
            : { type: 'json_object' },
        }
      : {}),
  };
}

/** Why a model stopped, of watsonx's names; undefined where it has not. */
export function finishOfChoice(
  raw: string | null | undefined,
): LanguageModelV4FinishReason | undefined {
  if (!raw) return undefined;
  if (raw === 'stop') return { unified: 'stop', raw };
  if (raw === 'length' || raw === 'time_limit') return { unified: 'length', raw };
  if (raw === 'cancelled' || raw === 'error') return { unified: 'error', raw };
  return { unified: raw === 'content_filter' ? 'content-filter' : 'other', raw };
}
