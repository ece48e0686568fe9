/** Something that was changed, or left, in a file that its author wrote; `line` is 1-based and of the text before. */
export type ImprovementNote = {
  readonly line: number;
  /** What it is about, in a sentence: `web: every capability is dropped.` */
  readonly text: string;
};

/** A file of an author with small changes. Where nothing is to be changed `content` is what it was. */
export type Improvement = {
  readonly content: string;
  readonly done: readonly ImprovementNote[];
  /** What would be safer and was not done, and why: a person has to decide on it. */
  readonly left: readonly ImprovementNote[];
};

/** The file as it is. */
export function asItIs(content: string): Improvement {
  return { content, done: [], left: [] };
}
