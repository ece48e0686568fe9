import { quote, type Report } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { ComposeFile } from './model.ts';

const url = 'https://docs.docker.com/reference/compose-file/interpolation/';
const maxDepth = 50;
const maxFindings = 20;
/** Longest text that is read, and most places with a variable in it. */
const maxLength = 20_000;
const maxPlaces = 200;

/** Every text of a Compose file is interpolated before all else: `${` needs a name and its brace. */
export function judgeInterpolation({ root, lineOf }: ComposeFile, report: Report): void {
  let found = 0;
  const walk = (value: unknown, path: YamlPath): void => {
    if (found >= maxFindings || path.length > maxDepth) return;
    if (typeof value === 'string') {
      const bad = badVariable(value);
      if (bad === null) return;
      found += 1;
      const message = `${quote(bad, 40)} is no variable. Write \${NAME}, or $$ for a plain $.`;
      report.add('compose/interpolation', 'error', lineOf(path), message, url);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, held] of Object.entries(value))
        walk(held, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  };
  walk(root, []);
}

/** The first `${…}` that compose-go's template package refuses, or null. */
function badVariable(text: string): string | null {
  if (text.length > maxLength) return null;
  const braced = /\$\{[_a-z][_a-z0-9]*(?::?[-+?].*)?\}/iy;
  let at = text.indexOf('$');
  for (let places = 0; at >= 0 && places < maxPlaces; places++) {
    const next = text[at + 1];
    if (next === '{') {
      braced.lastIndex = at;
      const match = braced.exec(text);
      if (match === null) return text.slice(at);
      at += closing(match[0]);
    } else at += next === '$' ? 2 : 1;
    at = text.indexOf('$', at);
  }
  return null;
}

/** How far the first variable of a text reaches; all of it where its braces are not in pairs. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') {
      depth += 1;
      at += 1;
    } else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
