/** A file of an answer. */
export type AnswerFile = { readonly path: string; readonly content: string };

/** What a prompt asks for: its last lines open each wanted file with the tag of the request. */
export type Asked = { readonly tag: string; readonly paths: readonly string[] };

const opening = /^===FILE[ \t]+(\S(?:.*\S)?)[ \t]+([0-9a-f]{12})[ \t]*===$/gm;

/** Reads the wanted files as a model would; null where the prompt asks for none. */
export function readAsked(prompt: string): Asked | null {
  const lines = [...prompt.matchAll(opening)].map(([, path = '', tag = '']) => ({ path, tag }));
  const tag = lines.at(-1)?.tag;
  if (tag === undefined) return null;
  return { tag, paths: lines.filter((line) => line.tag === tag).map(({ path }) => path) };
}

/** An answer in the format that the app's prompts ask for: the one place where the stand-in knows it. */
export function writeBlocks(files: readonly AnswerFile[], tag: string): string {
  return files
    .map(({ path, content }) => `===FILE ${path} ${tag}===\n${content}===END ${tag}===\n`)
    .join('');
}
