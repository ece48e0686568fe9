/** Longest text that is edited, in characters: more would take seconds. */
export const maxEdited = 200_000;

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

/** The file as it is; one that is too long to be edited says so, of any other its validator says what is wrong. */
export function asItIs(content: string): Improvement {
  if (content.length <= maxEdited) return { content, done: [], left: [] };
  const text = `It has ${content.length} characters; files of up to ${maxEdited} are improved. Split it.`;
  return { content, done: [], left: [{ line: 1, text }] };
}
