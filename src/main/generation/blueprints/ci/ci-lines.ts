import { scalar } from '../../improve/yaml/render.ts';

/** A line of YAML, or a block that stands one step further in. */
export type Line = string | readonly Line[];

/** The text of lines; each nested list is moved in by two columns more. */
export function textOf(lines: readonly Line[], column = 0): string {
  return lines
    .map((line) =>
      typeof line === 'string'
        ? `${line === '' ? '' : ' '.repeat(column)}${line}\n`
        : textOf(line, column + 2),
    )
    .join('');
}

/** `key: value`, quoted where YAML would read the value otherwise. */
export function entry(key: string, value: string | number | boolean): string {
  return `${scalar(key)}: ${scalar(value)}`;
}

/** `key:` with its pairs below it; nothing where there are none. */
export function mappingLines(
  key: string,
  pairs: Readonly<Record<string, string | number | boolean>>,
): readonly Line[] {
  const all = Object.entries(pairs);
  return all.length === 0 ? [] : [`${key}:`, all.map(([name, value]) => entry(name, value))];
}

/** `key: |` with a script below it; a script of one plain line stands beside its key. */
export function scriptLines(key: string, script: readonly string[]): readonly Line[] {
  const [only = ''] = script;
  if (script.length === 1 && scalar(only) === only) return [`${key}: ${only}`];
  return [`${key}: |`, script];
}

/** A comment of several sentences, wrapped at about 100 columns. */
export function comment(text: string, width = 96): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(`# ${word}`);
  }
  return lines;
}
