import type { Memories } from '#main/memory/memories.ts';
import type { MemoryQuery } from '#shared/memory.ts';
import type { MemoryApp } from './memory-app.ts';
import { type MemoryCorpus, measuring, type Question } from './memory-corpus.ts';
import { bootstrapInterval, mean, rounded } from './statistics.ts';
import { seededRandom } from './synthetic-source.ts';

/** Places of an answer that are looked at. */
const places = 10;

/** How well one set of questions is answered: mean reciprocal ranks at 10. */
export type SetFigures = {
  readonly questions: number;
  readonly mrrHybrid: number;
  readonly mrrText: number;
  readonly mrrVector: number;
  /** 95 % intervals of hybrid less the other, by question. */
  readonly gainOverText: readonly [number, number];
  readonly gainOverVector: readonly [number, number];
};

/** Lemmas, and beside them words drawn from the texts. */
export type RetrievalFigures = SetFigures & { readonly keywords: SetFigures };

/** Asks each question three times: by words and meaning, by words, by meaning. */
export async function retrievalPart(
  app: MemoryApp,
  { lemmas, keywords }: MemoryCorpus,
): Promise<RetrievalFigures> {
  const byLemma = await measure(app, measuring(lemmas));
  return { ...byLemma, keywords: await measure(app, measuring(keywords)) };
}

async function measure(app: MemoryApp, questions: readonly Question[]): Promise<SetFigures> {
  const [hybrid, text, vector]: [number[], number[], number[]] = [[], [], []];
  for (const question of questions) {
    const [words, meaning] = [{ text: question.text }, { embedding: question.vector }];
    hybrid.push(await reciprocalRank(app.memories, { ...words, ...meaning }, question));
    text.push(await reciprocalRank(app.byWords, words, question));
    vector.push(await reciprocalRank(app.memories, meaning, question));
  }
  const gain = (over: readonly number[]): readonly [number, number] => {
    const gains = hybrid.map((value, at) => value - (over[at] ?? 0));
    const [low, high] = bootstrapInterval(gains, seededRandom(17));
    return [rounded(low, 4), rounded(high, 4)];
  };
  return {
    questions: questions.length,
    mrrHybrid: rounded(mean(hybrid), 4),
    mrrText: rounded(mean(text), 4),
    mrrVector: rounded(mean(vector), 4),
    gainOverText: gain(text),
    gainOverVector: gain(vector),
  };
}

async function reciprocalRank(
  memories: Memories,
  query: MemoryQuery,
  { right }: Question,
): Promise<number> {
  const answer = await memories.query({ ...query, limit: places });
  const at = answer.memories.findIndex(({ memory }) => right.has(memory.text));
  return at < 0 ? 0 : 1 / (at + 1);
}
