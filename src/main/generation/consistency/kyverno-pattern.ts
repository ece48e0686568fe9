import type { Mapping } from '../validation/plain.ts';

/** Keys and indexes to a value. */
type Path = readonly (string | number)[];

/**
 * What a pattern says of an object: it holds; it does not apply; it cannot be told here; or it is
 * broken, with where, what stands there and what is asked for.
 */
export type PatternVerdict =
  | { readonly type: 'holds' | 'skipped' | 'unknown' }
  | {
      readonly type: 'broken';
      readonly path: Path;
      readonly held: unknown;
      readonly wanted: string;
    };

const holds: PatternVerdict = { type: 'holds' };
const skipped: PatternVerdict = { type: 'skipped' };
const unknown: PatternVerdict = { type: 'unknown' };

/** What stands around the name of a key, as in `=(name)`. */
const anchored = /^([=^<+X]?)\((.+)\)$/;

/**
 * Holds an object against a `pattern` of Kyverno, by the anchors and wildcards of its documentation
 * (kyverno.io/docs/policy-types/cluster-policy/validate). Comparisons of quantities, variables and
 * lists of plain values are not decided.
 */
export function matchPattern(pattern: unknown, held: unknown, path: Path = []): PatternVerdict {
  if (path.length > 40) return unknown;
  if (Array.isArray(pattern)) return matchList(pattern, held, path);
  if (typeof pattern === 'object' && pattern !== null) {
    return typeof held === 'object' && held !== null && !Array.isArray(held)
      ? matchMap(pattern as Mapping, held as Mapping, path)
      : { type: 'broken', path, held, wanted: 'a mapping' };
  }
  return matchValue(pattern, held, path);
}

function matchMap(pattern: Mapping, held: Mapping, path: Path): PatternVerdict {
  const keys = Object.entries(pattern).map(([key, wanted]) => {
    const [, anchor = key.startsWith('(') ? '(' : '', inner = key] = anchored.exec(key) ?? [];
    return { anchor: anchored.test(key) && anchor === '' ? '(' : anchor, name: inner, wanted };
  });
  let verdict: PatternVerdict = holds;
  // Conditions come first: where they do not hold, nothing else is asked.
  for (const { anchor, name, wanted } of keys) {
    if (anchor !== '(' && anchor !== '<') continue;
    if (!Object.hasOwn(held, name)) return skipped;
    const found = matchPattern(wanted, held[name], [...path, name]);
    if (found.type !== 'holds') return found.type === 'unknown' ? unknown : skipped;
  }
  for (const { anchor, name, wanted } of keys) {
    const at = [...path, name];
    const isThere = Object.hasOwn(held, name);
    if (anchor === '(' || anchor === '<') continue;
    if (anchor === '+' || anchor === '^') return unknown;
    if (anchor === 'X') {
      if (isThere) return { type: 'broken', path: at, held: held[name], wanted: 'nothing' };
      continue;
    }
    if (anchor === '=' && !isThere) continue;
    if (!isThere) return { type: 'broken', path: at, held: undefined, wanted: shown(wanted) };
    const found = matchPattern(wanted, held[name], at);
    if (found.type === 'broken') return found;
    if (found.type === 'unknown') verdict = unknown;
  }
  return verdict;
}

/** A pattern of one mapping is asked of every item. */
function matchList(pattern: readonly unknown[], held: unknown, path: Path): PatternVerdict {
  const [wanted] = pattern;
  if (pattern.length !== 1 || typeof wanted !== 'object' || wanted === null) return unknown;
  if (!Array.isArray(held)) return { type: 'broken', path, held, wanted: 'a list' };
  let verdict: PatternVerdict = holds;
  for (const [index, item] of held.entries()) {
    const found = matchPattern(wanted, item, [...path, index]);
    if (found.type === 'broken') return found;
    if (found.type === 'unknown') verdict = unknown;
  }
  return verdict;
}

function matchValue(pattern: unknown, held: unknown, path: Path): PatternVerdict {
  const isText = typeof held === 'string' || typeof held === 'number';
  const broken: PatternVerdict = { type: 'broken', path, held, wanted: shown(pattern) };
  if (typeof pattern === 'boolean' || typeof pattern === 'number') {
    // Kyverno reads numbers and truths that are written as texts.
    if (typeof held === 'string') return unknown;
    return held === pattern ? holds : broken;
  }
  if (typeof pattern !== 'string' || !(isText || typeof held === 'boolean')) {
    return pattern === null || pattern === undefined ? unknown : broken;
  }
  if (/\{\{|\$\(|[<>]|\d\s*!?-\s*\d/.test(pattern) || pattern.length > 2_000) return unknown;
  const text = String(held).slice(0, 2_000);
  const isMet = pattern
    .split('|')
    .some((either) => either.split('&').every((one) => isLike(one.trim(), text)));
  return isMet ? holds : broken;
}

function isLike(pattern: string, text: string): boolean {
  return pattern.startsWith('!') ? !isWild(pattern.slice(1).trim(), text) : isWild(pattern, text);
}

/** Wildcards: `*` for any text, `?` for one character. In time of both lengths, never more. */
function isWild(pattern: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      mark = from;
    } else if (pattern[at] === '?' || (at < pattern.length && pattern[at] === text[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

function shown(wanted: unknown): string {
  return typeof wanted === 'string' ? `"${wanted}"` : JSON.stringify(wanted).slice(0, 100);
}
