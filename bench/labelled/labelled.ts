import type { FileFormat } from '#main/generation/validation/validator.ts';
import type { Repository } from '../repositories.ts';

/** A public file that its own tool takes; `siblings` are the files that it needs beside it. */
export type GoodFile = {
  readonly repository: Repository;
  readonly path: string;
  readonly siblings?: readonly string[];
};

/** One fault that the format's own tool refuses, brought into a good file. */
export type Mutation = {
  /** What is wrong afterwards, in words. */
  readonly name: string;
  /** The text with the fault; null where the file has no place for it, such as by its path. */
  readonly breaks: (content: string, path: string) => string | null;
};

/** Files of one format whose verdict is known. */
export type LabelledFormat = {
  readonly format: FileFormat;
  readonly good: readonly GoodFile[];
  readonly mutations: readonly Mutation[];
};

/** A mutation that rewrites the first place that a pattern finds; `to` as `String.replace` has it. */
export function rewrite(name: string, from: RegExp, to: string): Mutation {
  return {
    name,
    breaks: (content) => (content.search(from) < 0 ? null : content.replace(from, to)),
  };
}

/** A mutation that adds lines to the end of any file. */
export function append(name: string, lines: string): Mutation {
  return { name, breaks: (content) => `${content.trimEnd()}\n${lines}\n` };
}
