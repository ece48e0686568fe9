import { isConditional } from './conditional.ts';

/** What a line of source gives away without being understood: an environment variable, a port, an entry point, a file that it reads. */
export type Signal = {
  /**
   * `port` was seen where something listens, `default-port` in a name that says so only; `address`
   * is `NAME=http://localhost:…`, the default of a variable, and `fallback` any other host or port that
   * is one; `called` is a name where the address of another service would stand; `metric` is
   * `histogram name label,label`, a metric of requests. `entry` values are the detector's own
   * words, such as `go-main`. `choice` is a variable that names the database to use, with the words
   * that it is compared with: `DB=postgres,mysql`. Of .NET: `connection` is a connection string,
   * `postgres=catalogdb`; `setting` a key of the configuration, `Identity:Url`; `discovery` the name
   * of another service in an address, `basket-api`; `sqlite-file` the path of a database.
   */
  readonly fact:
    | 'env'
    | 'port'
    | 'default-port'
    | 'health'
    | 'entry'
    | 'import'
    | 'file'
    | 'choice'
    | 'address'
    | 'fallback'
    | 'called'
    | 'metrics-path'
    | 'metric'
    | 'connection'
    | 'setting'
    | 'discovery'
    | 'sqlite-file';
  readonly value: string;
  /** For `env`, `connection` and `setting`: the source cannot do without it, whatever its set-up. */
  readonly required: boolean;
  /** For `env`: it is read without a default, and the source does not say what happens without it; or in some set-ups only. */
  readonly bare: boolean;
  /** For `env`: the source looks whether it is set, and goes without what it stands for where it is not. */
  readonly tested: boolean;
  readonly file: string;
  readonly line: number;
};

/** One thing to look for in the sources of a language. */
export type SourcePattern = {
  readonly fact: Signal['fact'];
  /**
   * Global and linear: no nested quantifiers. The first named group that took part gives the value:
   * `value` (or `name`); `fallback`, where it took part, says that there is a default or a test for
   * the absence (`tested` within it, a test alone); `needed`, that there can be none.
   */
  readonly pattern: RegExp;
  /** For `env`: what it finds without either group is a bare read, which gives nothing where the variable is unset. */
  readonly bare?: true;
  /** Names the value where the match itself does not (an entry point), or rejects it with null. */
  readonly value?: (match: RegExpMatchArray) => string | null;
  /** A substring without which the pattern cannot match; skips most files at little cost. */
  readonly hint: string;
  /** Matches directives, which stand in comments: lines that other patterns pass over. */
  readonly directive?: true;
};

/** Signals that one file can give; a generated file with thousands is cut. */
const maxSignals = 500;

/** Characters of a line that is searched; longer ones are data or minified, and costly to search. */
const maxLine = 1_500;

/** Facts that say what is read from outside. */
const read: ReadonlySet<Signal['fact']> = new Set(['env', 'connection', 'setting']);

/** Finds the signals of one file. Cost is linear in the text for patterns that look no further than a line. */
export function extractSignals(
  file: string,
  source: string,
  patterns: readonly SourcePattern[],
): readonly Signal[] {
  const text = withoutLongLines(source);
  const signals: Signal[] = [];
  const hints = new Map<string, boolean>();
  let lines: readonly number[] | undefined;
  for (const { fact, pattern, value, hint, directive, bare = false } of patterns) {
    let hinted = hints.get(hint);
    if (hinted === undefined) {
      hinted = text.includes(hint);
      hints.set(hint, hinted);
    }
    if (!hinted) continue;
    for (const match of text.matchAll(pattern)) {
      const groups = match.groups ?? {};
      const found = value ? value(match) : (groups.value ?? groups.name ?? null);
      if (found === null || found === '') continue;
      lines ??= lineStarts(text);
      const at = match.index + match[0].search(/\S/);
      if (!directive && isComment(text, at)) continue;
      const needed = groups.needed !== undefined || (groups.fallback === undefined && !bare);
      // What some set-ups only read is asked for where it leads to a system that this one has.
      const partly = read.has(fact) && needed && isConditional(text, at, found);
      signals.push({
        fact,
        value: found,
        required: needed && !partly,
        tested: groups.tested !== undefined,
        bare: partly || (bare && groups.fallback === undefined && groups.needed === undefined),
        file,
        line: lineAt(lines, at),
      });
      if (signals.length >= maxSignals) return signals;
    }
  }
  return signals;
}

/** The text with its long lines emptied, so that lines keep their numbers. */
function withoutLongLines(text: string): string {
  let parts: string[] | null = null;
  let kept = 0;
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    if (end - start > maxLine) {
      parts ??= [];
      parts.push(text.slice(kept, start));
      kept = end;
    }
    start = end + 1;
  }
  return parts === null ? text : parts.join('') + text.slice(kept);
}

/** Tells whether a comment mark opens the line that holds this offset. */
function isComment(text: string, at: number): boolean {
  let start = at;
  // A long line is data, not a comment worth walking back for.
  while (start > 0 && at - start < 300 && text[start - 1] !== '\n') start -= 1;
  return /^\s*(?:\/\/|\*|#\s|--\s|;)/.test(text.slice(start, at + 2));
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** The 1-based line of the first occurrence of a string or pattern in a text; 1 where there is none. */
export function findLine(text: string, what: string | RegExp): number {
  const at = typeof what === 'string' ? text.indexOf(what) : text.search(what);
  if (at <= 0) return 1;
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1))
    line += 1;
  return line;
}
