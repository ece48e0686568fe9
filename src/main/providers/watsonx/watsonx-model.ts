import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import {
  createEventSourceResponseHandler,
  createJsonResponseHandler,
  createStatusCodeErrorResponseHandler,
  type ParseResult,
  postJsonToApi,
  type ResponseHandler,
} from '@ai-sdk/provider-utils';
import type { z } from 'zod';
import type { AdapterParts } from '../adapters/adapter.ts';
import { partsStream, type StreamedPiece, usageOfTokens } from '../adapters/parts-stream.ts';
import { apiVersion, chatAnswer, chatBody, chatEvent, finishOfChoice } from './watsonx-protocol.ts';
import type { WithToken } from './with-token.ts';

const failed = createStatusCodeErrorResponseHandler();
const whole = createJsonResponseHandler(chatAnswer);
const events = createEventSourceResponseHandler(chatEvent);

/** A model of IBM watsonx behind the SDK's interface, over its chat API. */
export class WatsonxModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = 'watsonx';
  readonly supportedUrls = {};
  readonly modelId: string;
  readonly #parts: AdapterParts;
  readonly #project: string;
  readonly #withToken: WithToken;

  constructor(modelId: string, project: string, parts: AdapterParts, withToken: WithToken) {
    this.modelId = modelId;
    this.#project = project;
    this.#parts = parts;
    this.#withToken = withToken;
  }

  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const { choices, usage } = await this.#post('chat', options, whole);
    const [choice] = choices;
    return {
      content: [{ type: 'text', text: choice?.message?.content ?? '' }],
      finishReason: finishOfChoice(choice?.finish_reason) ?? {
        unified: 'interrupted',
        raw: undefined,
      },
      usage: usageOfTokens(usage?.prompt_tokens, usage?.completion_tokens),
      warnings: [],
    };
  }

  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    return { stream: partsStream(pieces(await this.#post('chat_stream', options, events))) };
  }

  #post<T>(path: string, options: LanguageModelV4CallOptions, handler: ResponseHandler<T>) {
    const { endpoint, fetch } = this.#parts;
    const { abortSignal } = options;
    return this.#withToken(abortSignal ?? null, async (token) => {
      const { value } = await postJsonToApi({
        url: `${endpoint.url}/ml/v1/text/${path}?version=${apiVersion}`,
        headers: { authorization: `Bearer ${token}` },
        body: chatBody(this.modelId, this.#project, options),
        failedResponseHandler: failed,
        successfulResponseHandler: handler,
        ...(abortSignal ? { abortSignal } : {}),
        fetch,
      });
      return value;
    });
  }
}

async function* pieces(
  answer: ReadableStream<ParseResult<z.infer<typeof chatEvent>>>,
): AsyncGenerator<StreamedPiece> {
  for await (const event of answer) {
    if (!event.success) throw event.error;
    const { choices, usage, errors, error } = event.value;
    const choice = choices?.[0];
    yield {
      text: choice?.delta?.content,
      error: errors?.[0] ?? error,
      usage: usage ? usageOfTokens(usage.prompt_tokens, usage.completion_tokens) : undefined,
      finish: finishOfChoice(choice?.finish_reason),
    };
  }
}
