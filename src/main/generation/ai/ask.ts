import type { GatedAnswer } from '#main/providers/model-gate.ts';
import { BlockReader, type ParsedAnswer, readAnswer } from '../answers/block-reader.ts';
import type { BuiltPrompt } from '../prompts/build-prompt.ts';
import type { AskContext } from './ask-context.ts';
import type { Question } from './ensemble/presets.ts';
import { modelRequest } from './model-request.ts';
import { requestHash } from './request-hash.ts';
import type { StreamedFiles } from './stream-files.ts';
import { type JobUsage, noUsage, usageOf } from './usage.ts';

/** An answer with its files, who gave it and what it took. */
export type Answer = {
  readonly parsed: ParsedAnswer;
  readonly provider: GatedAnswer['provider'];
  readonly model: string;
  readonly promptHash: string;
  readonly cached: boolean;
  readonly accepted?: NonNullable<GatedAnswer['accepted']>;
  readonly usage: JobUsage;
};

/**
 * Asks one model once. What it writes is told to `streamed` as it comes. An answer that is longer than
 * any that was asked for is cut off, and so is the connection. Fails as the gate does.
 */
export async function ask(
  { models, work, settings, root }: AskContext,
  prompt: BuiltPrompt,
  { provider, temperature }: Question,
  streamed: StreamedFiles | null,
  signal: AbortSignal,
): Promise<Answer> {
  const { run } = work;
  const own = provider === settings.use ? settings.model : null;
  const model = own ?? (await models.modelOf(provider, signal));
  const { tag, allowed, note } = prompt;
  const { maxTokens } = settings;
  const request = modelRequest(prompt, { provider, model, temperature, maxTokens });
  const promptHash = requestHash(request);
  const end = new AbortController();
  const read = () =>
    new BlockReader({
      tag,
      allowed,
      onPiece: (path, at, piece) => streamed?.add(path, at, piece),
    });
  let reader = read();
  try {
    const answer = await models.gate.call(request, {
      signal: AbortSignal.any([signal, end.signal]),
      onText: (piece) => {
        reader.push(piece);
        if (reader.full) end.abort(new Error('The answer is too long.'));
      },
      onRestart: () => {
        reader = read();
      },
      cache: run.request.cache,
      runId: run.id,
      project: root,
      note,
      priority: run.request.priority,
      fallbacks: settings.ensemble === 'off' ? settings.fallbacks : [],
    });
    // What was streamed may hold the start of an attempt that was cut off and made again.
    const parsed = readAnswer(answer.text, { tag, allowed }, answer.finish !== 'length');
    return { ...answer, parsed, promptHash, usage: usageOf(answer) };
  } catch (error) {
    if (!reader.full || signal.aborted) throw error;
    const parsed = reader.end(false);
    const usage = { ...noUsage, calls: 1, costUsd: null };
    return { parsed, provider, model, promptHash, cached: false, usage };
  } finally {
    streamed?.flush();
  }
}
