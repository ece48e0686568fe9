/** A word of a shell command, quoted where it holds more than plain characters: names come from manifests. */
export function shellWord(word: string): string {
  return /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
