import { OmegaError } from '#shared/error.ts';
import type { BuiltPrompt } from '../../prompts/build-prompt.ts';
import { type Answer, ask } from '../ask.ts';
import type { AskContext } from '../ask-context.ts';
import type { StreamedFiles } from '../stream-files.ts';
import { type Question, questionsOf } from './presets.ts';

/** What an ensemble came to: the answers, and for each question that had none why. */
export type Answers = {
  readonly answers: readonly Answer[];
  readonly dropped: readonly { readonly question: Question; readonly why: string }[];
};

/**
 * Asks all questions of the preset at once. One that fails drops out; where all fail it rejects with
 * the first failure, or with a refusal for want of budget. With the preset `fast` the first answer
 * that `isValid` ends the others.
 */
export async function askMany(
  context: AskContext,
  prompt: BuiltPrompt,
  streamed: StreamedFiles,
  isValid: (answer: Answer) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Answers> {
  const questions = questionsOf(context.settings);
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const answers: { readonly at: number; readonly answer: Answer }[] = [];
  const failed: { readonly question: Question; readonly error: unknown }[] = [];
  let winner: Answer | null = null;
  await Promise.all(
    questions.map(async (question, at) => {
      try {
        // Only one of them is shown as it writes: two would overwrite each other.
        const answer = await ask(context, prompt, question, at === 0 ? streamed : null, either);
        answers.push({ at, answer });
        if (context.settings.ensemble !== 'fast' || winner || !(await isValid(answer))) return;
        winner ??= answer;
        enough.abort(new Error('Another answer was valid first.'));
      } catch (error) {
        if (!enough.signal.aborted) failed.push({ question, error });
      }
    }),
  );
  if (signal.aborted || answers.length === 0) throw worst(failed.map(({ error }) => error));
  const inOrder = answers.toSorted((one, other) => one.at - other.at).map(({ answer }) => answer);
  return {
    answers: inOrder,
    dropped: failed.map(({ question, error }) => ({ question, why: messageOf(error) })),
  };
}

function worst(errors: readonly unknown[]): unknown {
  return errors.find(isBudget) ?? errors[0] ?? new OmegaError('CANCELLED', 'Nobody was asked.');
}

/** Whether an error says that the run's budget is used up. */
export function isBudget(error: unknown): boolean {
  return error instanceof OmegaError && error.code === 'REFUSED' && Boolean(error.details?.budget);
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
