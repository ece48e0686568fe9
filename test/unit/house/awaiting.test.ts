import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const top = join(import.meta.dirname, '../../..');
const sources = ['src', 'bench']
  .flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(folder, path).replaceAll('\\', '/'),
    ),
  )
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('node_modules'));
const text = (path: string): string => readFileSync(join(top, path), 'utf8');

/** Ways to ask whether something is a promise or an asynchronous function. */
const asksForThenable = [
  /\btypeof\s+[\w.?[\]]+\.then\b/,
  /\.then\s*[!=]==?\s/,
  /['"]then['"]\s+in\b/,
  /\binstanceof\s+Promise\b/,
  /\bis(?:Promise|AsyncFunction)\b/,
  /\bAsyncFunction\b/,
];

/** What leaves the process: other programs and the network. */
const leaves =
  /(?<![.\w])(?<!function )(?:(?:spawn|execFile|fetch)\(|fork\((?!\w+:))|\b(?:http|https|net)\.(?:request|get|connect)\(/;
const deadline = /deadline|time-?out/i;

describe('awaiting', () => {
  it.each([
    ['typeof value.then === "function"', true],
    ['if (value.then !== undefined) {', true],
    ["'then' in value", true],
    ['value instanceof Promise', true],
    ['types.isPromise(value)', true],
    ['work().then(done)', false],
    ['if (now) then = 3;', false],
  ])('%s: %s', (line, found) => {
    expect(asksForThenable.some((pattern) => pattern.test(line))).toBe(found);
  });

  it('is left to maybe-async: no file tests for thenables', () => {
    const offenders = sources.filter((path) =>
      asksForThenable.some((pattern) => pattern.test(text(path))),
    );
    expect(offenders).toEqual([]);
  });

  it('has a deadline wherever a call leaves the process', () => {
    const calls = sources.filter((path) => path.startsWith('src/main/') && leaves.test(text(path)));
    expect(calls).toContain('src/main/generation/validation/external/run-tool.ts');
    expect(calls.filter((path) => !deadline.test(text(path)))).toEqual([]);
  });
});
