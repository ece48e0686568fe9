import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import {
  createJsonLinesResponseHandler,
  createJsonResponseHandler,
  createStatusCodeErrorResponseHandler,
  postJsonToApi,
  type ResponseHandler,
} from '@ai-sdk/provider-utils';
import type { AdapterParts } from '../adapters/adapter.ts';
import { partsStream, type StreamedPiece, unknownUsage } from '../adapters/parts-stream.ts';
import { maxLineBytes } from '../limits.ts';
import { streamedError } from '../provider-errors.ts';
import { type ChatLine, chatBody, chatLine, finishOfLine, usageOfLine } from './ollama-protocol.ts';

const failed = createStatusCodeErrorResponseHandler();
const whole = createJsonResponseHandler(chatLine);
const lines = createJsonLinesResponseHandler(chatLine, { maxLineBytes });

/**
 * A model of Ollama behind the SDK's interface, over `/api/chat`: its OpenAI-compatible endpoint has no
 * way to set the context, and the package ai-sdk-ollama loses `Retry-After` and says nothing of
 * answers that were cut off.
 */
export class OllamaModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = 'ollama';
  readonly supportedUrls = {};
  readonly modelId: string;
  readonly #parts: AdapterParts;

  constructor(modelId: string, parts: AdapterParts) {
    this.modelId = modelId;
    this.#parts = parts;
  }

  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const line = await this.#post(options, false, whole);
    if (line.error) throw streamedError(this.#parts.endpoint, line.error);
    return {
      content: [{ type: 'text', text: line.message?.content ?? '' }],
      finishReason: finishOfLine(line) ?? { unified: 'interrupted', raw: undefined },
      usage: usageOfLine(line) ?? unknownUsage,
      warnings: [],
    };
  }

  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    return { stream: partsStream(pieces(await this.#post(options, true, lines))) };
  }

  async #post<T>(
    options: LanguageModelV4CallOptions,
    stream: boolean,
    successfulResponseHandler: ResponseHandler<T>,
  ): Promise<T> {
    const { endpoint, key, fetch } = this.#parts;
    const { value } = await postJsonToApi({
      url: `${endpoint.url}/api/chat`,
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
      body: chatBody(this.modelId, options, stream),
      failedResponseHandler: failed,
      successfulResponseHandler,
      ...(options.abortSignal ? { abortSignal: options.abortSignal } : {}),
      fetch,
    });
    return value;
  }
}

async function* pieces(answer: AsyncGenerator<ChatLine>): AsyncGenerator<StreamedPiece> {
  for await (const line of answer) {
    yield {
      text: line.message?.content,
      error: line.error,
      usage: usageOfLine(line),
      finish: finishOfLine(line),
    };
  }
}
