import type { Answer } from '../behaviour.ts';
import { readAsked, writeBlocks } from './blocks.ts';
import { validFile } from './valid-file.ts';

/** Without a tag in the prompt there is nothing that a file could be told by. */
const noTag = '0'.repeat(12);

/** Every file that the prompt asks for, in a text that its validator accepts. */
const valid: Answer = ({ prompt }) => {
  const asked = readAsked(prompt);
  if (asked === null)
    return 'Hello. I am a stand-in for a language model, and I was asked for no file.';
  return writeBlocks(
    asked.paths.map((path) => ({ path, content: validFile(path) })),
    asked.tag ?? noTag,
  );
};

/** Answers by name, so that a server in another process can be told one. */
export const namedAnswers = { valid } as const satisfies Record<string, Answer>;

/** One of {@link namedAnswers}. */
export type AnswerName = keyof typeof namedAnswers;
