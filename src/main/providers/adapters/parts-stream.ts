import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';

/** What one event of a provider's stream adds. */
export type StreamedPiece = {
  readonly text?: string | null | undefined;
  readonly error?: unknown;
  readonly usage?: LanguageModelV4Usage | undefined;
  readonly finish?: LanguageModelV4FinishReason | undefined;
};

/**
 * The pieces of a provider's stream as the SDK's model interface tells them. It is read to its end,
 * so that its connection serves the next request; one without a finish is `interrupted`.
 */
export function partsStream(
  pieces: AsyncGenerator<StreamedPiece>,
): ReadableStream<LanguageModelV4StreamPart> {
  const parts = partsOf(pieces);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

async function* partsOf(
  pieces: AsyncGenerator<StreamedPiece>,
): AsyncGenerator<LanguageModelV4StreamPart> {
  const id = '0';
  let finishReason: LanguageModelV4FinishReason = { unified: 'interrupted', raw: undefined };
  let counted = unknownUsage;
  yield { type: 'stream-start', warnings: [] };
  yield { type: 'text-start', id };
  for await (const { text, error, usage, finish } of pieces) {
    if (error !== undefined && error !== null) yield { type: 'error', error };
    if (text) yield { type: 'text-delta', id, delta: text };
    if (usage) counted = usage;
    if (finish) finishReason = finish;
  }
  yield { type: 'text-end', id };
  yield { type: 'finish', finishReason, usage: counted };
}

/** The usage of an answer that tells nothing of it. */
export const unknownUsage: LanguageModelV4Usage = usageOfTokens(undefined, undefined);

/** Two counts of tokens as the SDK's model interface tells them. */
export function usageOfTokens(
  input: number | null | undefined,
  output: number | null | undefined,
): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: input ?? undefined,
      noCache: undefined,
      cacheRead: undefined,
      cacheWrite: undefined,
    },
    outputTokens: { total: output ?? undefined, text: undefined, reasoning: undefined },
  };
}
