import type { YamlFile } from './yaml-file.ts';

/** A value to be written: what YAML files of infrastructure hold. */
export type YamlValue =
  | string
  | number
  | boolean
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

const plainWord =
  /^(?![-?:,[\]{}#&*!|>'"%@`\s])(?!(?:true|false|yes|no|on|off|null|~|y|n)$)(?![\d.+-]+(?:[eE:_x].*)?$)[^\n\r\t]*$/i;

/** A scalar as it may stand unquoted; in double quotes where YAML would read it otherwise. */
export function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = plainWord.test(value) && !/: |:$| #|\s$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** A value on one line, as within braces: JSON is YAML. */
export function flow(value: YamlValue): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(
      ([key, held]) => `${JSON.stringify(key)}: ${flow(held)}`,
    );
    return `{ ${pairs.join(', ')} }`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The lines of `key: value` in block style, moved in by `column`, after the file's habits. */
export function blockLines(
  file: Pick<YamlFile, 'step' | 'listStep'>,
  key: string,
  value: YamlValue,
  column: number,
): readonly string[] {
  const head = `${' '.repeat(column)}${scalar(key)}:`;
  if (typeof value !== 'object') return [`${head} ${scalar(value)}`];
  if (Array.isArray(value)) {
    // A short list of words, such as a command, reads best on its line.
    if (key === 'test') return [`${head} ${flow(value)}`];
    return [head, ...value.flatMap((item) => itemLines(file, item, column + file.listStep))];
  }
  const pairs = Object.entries(value);
  if (pairs.length === 0) return [`${head} {}`];
  return [
    head,
    ...pairs.flatMap(([name, held]) => blockLines(file, name, held, column + file.step)),
  ];
}

/** The lines of one item of a list whose dash stands in `column`. */
export function itemLines(
  file: Pick<YamlFile, 'step' | 'listStep'>,
  item: YamlValue,
  column: number,
): readonly string[] {
  const dash = `${' '.repeat(column)}- `;
  if (typeof item !== 'object') return [`${dash}${scalar(item)}`];
  if (Array.isArray(item)) return [`${dash}${flow(item)}`];
  const lines = Object.entries(item).flatMap(([key, held]) =>
    blockLines(file, key, held, column + 2),
  );
  return lines.length === 0
    ? [`${dash}{}`]
    : lines.map((line, at) => (at === 0 ? `${dash}${line.trimStart()}` : line));
}
