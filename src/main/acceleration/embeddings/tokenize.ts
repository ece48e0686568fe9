import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';

/** Most tokens of one text, the two marks at its ends included: what the model was trained on. */
export const maxTokens = 256;

/** Turns a text into token ids. */
export type Tokenize = (text: string) => readonly number[];

/**
 * Opens the model's own tokenizer. A text longer than {@link maxTokens} keeps its beginning and its
 * end mark, as the reference implementation truncates.
 */
export async function openTokenizer(modelFolder: string): Promise<Tokenize> {
  const [tokenizer, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map(async (name) =>
      JSON.parse(await readFile(join(modelFolder, name), 'utf8')),
    ),
  );
  const inner = new Tokenizer(tokenizer, config);
  return (text) => {
    const { ids } = inner.encode(text);
    const last = ids.at(-1);
    if (ids.length <= maxTokens || last === undefined) return ids;
    return [...ids.slice(0, maxTokens - 1), last];
  };
}
