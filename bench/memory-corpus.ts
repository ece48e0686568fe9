import { ensurePeers } from '../scripts/lib/peers.mjs';
import { root } from '../scripts/lib/root.mjs';
import { cachedEmbeddings, embeddedCorpus, peersFolder, smallCorpus } from './corpus.ts';
import { sentences } from './sentences.ts';
import { seededRandom } from './synthetic-source.ts';
import { synsets, wordnetGlosses } from './wordnet.ts';

/** A question, its vector, and which of the texts are right. */
export type Question = {
  readonly text: string;
  readonly vector: Float32Array;
  readonly right: ReadonlySet<string>;
};

/** What the suite works on: texts with vectors, texts like them that were held out, and questions. */
export type MemoryCorpus = {
  readonly dimensions: number;
  readonly texts: readonly string[];
  readonly vectors: Float32Array;
  readonly heldOut: readonly { readonly text: string; readonly vector: Float32Array }[];
  readonly lemmas: readonly Question[];
  readonly keywords: readonly Question[];
};

/** Questions of each kind; the even half set the weights of the fusion, the odd half measures. */
const questionsEach = 4_000;
const keywordsEach = 3;

/** Words that say little by themselves; keywords are drawn from the others. */
const common = new Set(
  'the and for are with that which who from this used using having being not one you your was were has have been can but some any such into than etc especially usually his her their she they something someone whose'.split(
    ' ',
  ),
);

/** 100,000 glosses of WordNet, lemmas that ask for them, and words drawn from them. */
export async function memoryCorpus(short: boolean): Promise<MemoryCorpus> {
  if (short) return smallMemoryCorpus();
  await ensurePeers(root, process.execPath);
  const { base, queries, dimensions } = await embeddedCorpus(100_000, 1_000);
  const glosses = wordnetGlosses(peersFolder);
  const texts = glosses.slice(0, 100_000);
  const heldOut = glosses.slice(100_000, 101_000).map((text, at) => ({
    text,
    vector: queries.subarray(at * dimensions, (at + 1) * dimensions),
  }));
  const drawn = [...lemmaQuestions(new Set(texts)), ...keywordQuestions(texts, questionsEach)];
  const vectors = await cachedEmbeddings(
    'questions',
    drawn.map(({ text }) => text),
  );
  const questions = drawn.map((one, at) => ({
    ...one,
    vector: vectors.subarray(at * dimensions, (at + 1) * dimensions),
  }));
  return {
    dimensions,
    texts,
    vectors: base,
    heldOut,
    lemmas: questions.slice(0, questionsEach),
    keywords: questions.slice(questionsEach),
  };
}

/** The half of the questions that measures. */
export function measuring(questions: readonly Question[]): readonly Question[] {
  return questions.filter((_, at) => at % 2 === 1);
}

type Drawn = Pick<Question, 'text' | 'right'>;

/** Lemmas, each once: right is the gloss of any of its meanings. */
function lemmaQuestions(stored: ReadonlySet<string>): readonly Drawn[] {
  const glossesOf = new Map<string, Set<string>>();
  for (const { lemmas, gloss } of synsets(peersFolder)) {
    if (!stored.has(gloss)) continue;
    for (const lemma of lemmas) {
      const known = glossesOf.get(lemma) ?? new Set();
      glossesOf.set(lemma, known.add(gloss));
    }
  }
  const random = seededRandom(11);
  const all = [...glossesOf];
  const drawn = new Map<string, Drawn>();
  while (drawn.size < questionsEach) {
    const [text, right] = all[Math.floor(random() * all.length)] ?? ['', new Set<string>()];
    drawn.set(text, { text, right });
  }
  return [...drawn.values()];
}

/** Words of a gloss, in any order: right is that gloss. */
function keywordQuestions(texts: readonly string[], count: number): readonly Drawn[] {
  const random = seededRandom(13);
  const drawn: Drawn[] = [];
  while (drawn.length < count) {
    const gloss = texts[Math.floor(random() * texts.length)] ?? '';
    const words = [...new Set(gloss.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])].filter(
      (word) => !common.has(word),
    );
    if (words.length < keywordsEach) continue;
    const picked = new Set<string>();
    while (picked.size < keywordsEach) {
      picked.add(words[Math.floor(random() * words.length)] ?? '');
    }
    drawn.push({ text: [...picked].join(' '), right: new Set([gloss]) });
  }
  return drawn;
}

/** Made-up sentences that ask for themselves: enough to see that the suite runs. */
async function smallMemoryCorpus(): Promise<MemoryCorpus> {
  const { base, queries, dimensions } = await smallCorpus(600, 20);
  const all = sentences(620);
  const row = (rows: Float32Array, at: number) =>
    rows.subarray(at * dimensions, (at + 1) * dimensions);
  const texts = all.slice(0, 600);
  const questions = texts
    .slice(0, 40)
    .map((text, at) => ({ text, vector: row(base, at), right: new Set([text]) }));
  return {
    dimensions,
    texts,
    vectors: base,
    heldOut: all.slice(600).map((text, at) => ({ text, vector: row(queries, at) })),
    lemmas: questions,
    keywords: questions,
  };
}
