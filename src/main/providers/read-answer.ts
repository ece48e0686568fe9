import type {
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { OmegaError } from '#shared/error.ts';
import { maxAnswerChars, tooLarge } from './limits.ts';
import type { FinishReason, ModelAnswer } from './provider.ts';
import { streamedError } from './provider-errors.ts';
import { cutError } from './transport/connection-error.ts';
import type { Endpoint } from './transport/endpoint.ts';
import { finishOf, usageOf } from './usage.ts';

/** The answer that came in one piece. */
export function readAnswer(endpoint: Endpoint, result: LanguageModelV4GenerateResult): ModelAnswer {
  const parts = result.content.map((part) => (part.type === 'text' ? part.text : ''));
  const text = result.structuredOutputText ?? parts.join('');
  if (text.length > maxAnswerChars) throw tooLarge(endpoint.name);
  const finish = finishOf(result.finishReason);
  if (finish === null) throw cutError(endpoint);
  return { text, usage: usageOf(result.usage), finish };
}

/**
 * Reads a stream to its end and tells each piece of text. One that ends without the provider's word
 * that it is complete is an error, never a short answer.
 */
export async function readStream(
  endpoint: Endpoint,
  stream: ReadableStream<LanguageModelV4StreamPart>,
  onText: (piece: string) => void,
): Promise<ModelAnswer> {
  const reader = stream.getReader();
  let text = '';
  let finish: FinishReason | null = null;
  let usage: LanguageModelV4Usage | undefined;
  for (;;) {
    const { done, value: part } = await reader.read();
    if (done) break;
    if (part.type === 'error') throw streamedError(endpoint, part.error);
    if (part.type === 'text-delta' && part.delta !== '') {
      text += part.delta;
      if (text.length > maxAnswerChars) throw tooLarge(endpoint.name);
      tell(onText, part.delta);
    }
    if (part.type === 'finish') {
      finish = finishOf(part.finishReason);
      usage = part.usage;
    }
  }
  if (finish === null) throw cutError(endpoint);
  return { text, usage: usageOf(usage), finish };
}

/** What the caller refuses ends the call as it says; a fault of the caller is none of the provider. */
function tell(onText: (piece: string) => void, piece: string): void {
  try {
    onText(piece);
  } catch (cause) {
    if (cause instanceof OmegaError) throw cause;
    throw new OmegaError('INTERNAL', 'A piece of an answer could not be taken in.', { cause });
  }
}
