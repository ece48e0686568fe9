import { posix } from 'node:path';
import { unknownPart, withoutVariables } from './image-name.ts';
import type { Command } from './pipeline.ts';

/** Longer scripts are programs of their own. */
const maxLength = 50_000;
const maxCommands = 2_000;

/** Variables whose values are known, as a script reads them. */
export type Known = ReadonlyMap<string, string>;

/** What a script runs in one folder after the other. */
export type ScriptContext = {
  readonly path: string;
  readonly variables: Known;
  /** The folder in which the script begins, null where it is not known. */
  readonly folder: string | null;
};

/**
 * The commands of a shell script, with the variables that are known put in, and the folder of each:
 * `cd` is followed. What the shell would only know when it runs becomes an unknown part. `lineOf`
 * gives the line of the file for a 0-based line of the script.
 */
export function commandsOf(
  script: string,
  { path, variables, folder }: ScriptContext,
  lineOf: (line: number) => number,
): { readonly commands: readonly Command[]; readonly folder: string | null } {
  const commands: Command[] = [];
  let at = folder;
  let text = '';
  let first = 0;
  script
    .slice(0, maxLength)
    .split('\n')
    .forEach((line, index) => {
      if (text === '') first = index;
      if (/\\\s*$/.test(line)) {
        text += `${line.replace(/\\\s*$/, '')} `;
        return;
      }
      for (const part of partsOf(text + line)) {
        const words = wordsOf(part, variables);
        if (words.length === 0 || commands.length >= maxCommands) continue;
        if (words[0] === 'cd') at = folderAfter(at, words[1] ?? '');
        else commands.push({ words, folder: at, at: { path, line: lineOf(first) } });
      }
      text = '';
    });
  return { commands, folder: at };
}

/** A folder from another one; null where it leads out of what is known. */
export function folderAfter(from: string | null, to: string): string | null {
  if (from === null || to === '' || to.includes(unknownPart) || /^[/~-]/.test(to)) return null;
  const joined = posix.join(from, to).replace(/\/$/, '');
  return joined.startsWith('..') ? null : joined || '.';
}

/** Splits a line between commands, outside of quotes. */
function partsOf(line: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) {
      line = line.slice(0, at);
    } else if (/[;&|]/.test(char)) {
      parts.push(line.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, line.slice(from)];
}

/** The words of one command, without their quotes. */
function wordsOf(command: string, variables: Known): readonly string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"']+)+/g) ?? [];
  return words.map((word) =>
    (word.match(/"[^"]*"|'[^']*'|[^"']+/g) ?? [])
      .map((part) => (part.startsWith("'") ? part.slice(1, -1) : filled(unquoted(part), variables)))
      .join(''),
  );
}

const unquoted = (part: string): string => (part.startsWith('"') ? part.slice(1, -1) : part);

/** Puts in what is known: `$NAME`, `${NAME}` and, of paths, `$(dirname …)` and `$(basename …)`. */
export function filled(text: string, variables: Known): string {
  const known = text.replace(
    /\$\((dirname|basename) "?\$\{?(\w+)\}?"?\)|\$\{(\w+)\}|\$(\w+)/g,
    (whole, command, path, braced, plain) => {
      const value = variables.get(path ?? braced ?? plain);
      if (value === undefined) return whole;
      if (command === undefined) return value;
      return command === 'dirname' ? posix.dirname(value) : posix.basename(value);
    },
  );
  return withoutVariables(known);
}

/** The values of an option, given as `--name value` or `--name=value`. */
export function optionsOf(
  words: readonly string[],
  ...names: readonly string[]
): readonly string[] {
  return words.flatMap((word, index) => {
    const [name = '', ...rest] = word.split('=');
    if (!names.includes(name)) return [];
    const value = rest.length > 0 ? rest.join('=') : words[index + 1];
    return value === undefined ? [] : [value];
  });
}
