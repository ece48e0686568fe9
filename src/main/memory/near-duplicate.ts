import type { Memory } from '#shared/memory.ts';

/** Cosine from which two memories may say the same. */
export const alikeFrom = 0.95;
/** Tags that a memory may have. */
const mostTags = 64;

/** Words that may be in one of two texts alone without a change of what is said. */
const fillers = new Set(['a', 'an', 'the', 'is', 'are', 'this', 'that']);
/** Words that turn round what is said, or bind it to something. */
const turns = new Set(
  'no not never none nor without cannot neither only if unless except but instead until avoid stop'.split(
    ' ',
  ),
);

/**
 * Which of two texts says all that the other says, in the same order; null where each says something
 * of its own, or what one says more could change what both say.
 */
export function fuller(one: string, other: string): 'one' | 'other' | null {
  const [ones, others] = [wordsOf(one), wordsOf(other)];
  const [long, short] = ones.length >= others.length ? [ones, others] : [others, ones];
  const more = wordsBeside(long, short);
  if (more === null || more.some((word) => turnsRound(word))) return null;
  return long === ones ? 'one' : 'other';
}

/** Whether two memories could be one: of one kind, and nothing that is noted of both differs. */
export function canBeOne(one: Memory, other: Memory): boolean {
  return (
    one.type === other.type &&
    new Set([...one.tags, ...other.tags]).size <= mostTags &&
    Object.entries(one.metadata).every(
      ([field, value]) =>
        !Object.hasOwn(other.metadata, field) ||
        JSON.stringify(value) === JSON.stringify(other.metadata[field]),
    )
  );
}

/** The words of the longer text that the shorter lacks; null where that is no part of it. */
function wordsBeside(long: readonly string[], short: readonly string[]): readonly string[] | null {
  const more: string[] = [];
  let at = 0;
  for (const word of long) {
    if (word === short[at]) at += 1;
    else more.push(word);
  }
  return at === short.length ? more : null;
}

/** Words without fillers, case and the marks around them; what is in a word stays, as in `c++`. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^["'`([{«“]+|["'`)\]}»”.,;:!?…]+$/g, ''))
    .filter((word) => word !== '' && !fillers.has(word));
}

function turnsRound(word: string): boolean {
  return turns.has(word) || /\d|n['’]t$/.test(word);
}
