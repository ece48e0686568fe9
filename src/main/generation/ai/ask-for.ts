import type { Finding } from '#shared/artifact.ts';
import { buildPrompt } from '../prompts/build-prompt.ts';
import type { Answer } from './ask.ts';
import type { AskContext } from './ask-context.ts';
import { type Attempt, originOf } from './attempt.ts';
import { askMany } from './ensemble/ask-many.ts';
import { type Item, taughtOf } from './item.ts';
import { judgeAnswer } from './judge-answer.ts';
import { modelNote } from './model-note.ts';
import type { StreamedFiles } from './stream-files.ts';
import { addUsage, type JobUsage, noUsage, shareUsage } from './usage.ts';

/** What the answers to one request held for one item. */
export type Round = {
  readonly attempts: readonly Attempt[];
  readonly usage: JobUsage;
  readonly notes: readonly Finding[];
};

/**
 * Asks for the files of all items in one request, or in one for each question of an ensemble, and
 * judges what came, in the order of the items. Fails where nobody answered.
 */
export async function askFor(
  context: AskContext,
  items: readonly Item[],
  streamed: StreamedFiles,
  signal: AbortSignal,
): Promise<readonly Round[]> {
  const [first] = items;
  if (!first) return [];
  const { work, settings } = context;
  const jobs = items.map(({ job }) => job);
  const { project } = first.planned;
  const { contextTokens } = settings;
  const input = { project, jobs, contextTokens, taught: taughtOf(items), repair: null };
  const prompt = await buildPrompt(input, signal);
  const judged = new Map<Answer, Promise<readonly (Attempt | null)[]>>();
  const judge = (answer: Answer): Promise<readonly (Attempt | null)[]> => {
    const known = judged.get(answer) ?? judgeAll(work.ports, items, answer, signal);
    judged.set(answer, known);
    return known;
  };
  const isValid = async (answer: Answer): Promise<boolean> =>
    (await judge(answer)).every((attempt) => attempt !== null && attempt.score.errors === 0);
  const { answers, dropped } = await askMany(context, prompt, streamed, isValid, signal);
  const results = await Promise.all(answers.map(judge));
  const usage = answers.map((answer) => answer.usage).reduce(addUsage, noUsage);
  const shares = shareUsage(usage, items.length);
  const refused = answers.flatMap(({ parsed }) => parsed.refused);
  const notes = [
    ...dropped.map(({ question, why }) =>
      modelNote(`${question.provider} was asked too and dropped out: ${why}`),
    ),
    ...refused.map(({ path, why }) =>
      modelNote(`Of the answer ${JSON.stringify(path)} was refused: ${why}.`, 'warning'),
    ),
  ].slice(0, maxNotes);
  return items.map((_, at) => ({
    attempts: results.flatMap((all) => all[at] ?? []),
    usage: shares[at] ?? noUsage,
    // What belongs to no job stands on the first.
    notes: at === 0 ? notes : [],
  }));
}

const maxNotes = 20;

function judgeAll(
  ports: AskContext['work']['ports'],
  items: readonly Item[],
  { parsed, ...answer }: Answer,
  signal: AbortSignal,
): Promise<readonly (Attempt | null)[]> {
  const origin = originOf(answer, 0);
  return Promise.all(
    items.map(({ job, findings }) =>
      judgeAnswer(ports, job, parsed.files, findings, origin, signal),
    ),
  );
}
