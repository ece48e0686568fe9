import { quote } from '../report.ts';
import type { Fault, FindFaults } from './fault.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Texts within texts; nobody writes three. */
const maxDepth = 50;

/** What one step of the scan found: where to go on, or a fault. */
type Step = { readonly next: number } | { readonly message: string };

/**
 * Finds texts, comments, brackets and `#if` of C# that are not closed or closed wrongly. Its grammars
 * lag behind the language by years, so that nothing further is judged.
 */
export const csharpFaults: FindFaults = (content) => {
  const text = content.replace(/^\uFEFF/, '');
  let open: Open[] = [];
  const conditions: { readonly at: number; readonly open: readonly Open[] }[] = [];
  const fault = (at: number, message: string): readonly Fault[] => [
    { line: text.slice(0, at).split('\n').length, message },
  ];
  for (let at = 0; at < text.length; ) {
    const directive = directiveAt(text, at);
    if (directive !== null) {
      // Each branch begins with what was open at its #if: only one of them is compiled.
      const last = conditions.at(-1);
      if (directive.word === 'if') conditions.push({ at, open: [...open] });
      else if (/^(?:elif|else|endif)$/.test(directive.word)) {
        if (last === undefined) return fault(at, `#${directive.word} has no #if`);
        if (directive.word === 'endif') conditions.pop();
        else open = [...last.open];
      }
      at = directive.end;
      continue;
    }
    const step = stepOver(text, at, open);
    if ('message' in step) return fault(at, step.message);
    at = step.next;
  }
  const condition = conditions.at(-1);
  if (condition) return fault(condition.at, '#if has no #endif');
  const left = open.at(-1);
  return left ? fault(left.at, `${quote(left.sign)} is not closed`) : [];
};

type Open = { readonly sign: string; readonly at: number };

/** A preprocessor's line, where one begins at `at`. */
function directiveAt(
  text: string,
  at: number,
): { readonly word: string; readonly end: number } | null {
  if (text[at] !== '#' || /\S/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at)))
    return null;
  const line = text.indexOf('\n', at);
  const end = line < 0 ? text.length : line;
  return { word: /^#\s*(\w*)/.exec(text.slice(at, end))?.[1] ?? '', end };
}

function stepOver(text: string, at: number, open: Open[], depth = 0): Step {
  const char = text[at] ?? '';
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return { next: end < 0 ? text.length : end };
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? { message: 'the comment is not closed' } : { next: end + 2 };
  }
  if (char === '`' || /^(?:<{7}|>{7}|={7})(?=\s)/.test(text.slice(at, at + 8))) {
    return { message: `${quote(/^\S{1,7}/.exec(text.slice(at))?.[0] ?? char)} cannot stand here` };
  }
  if (char === "'") return charAt(text, at);
  const [prefix = '', quotes = ''] = /^([$@]*)("+)/.exec(text.slice(at, at + 40))?.slice(1) ?? [];
  if (quotes !== '') return textAt(text, at, prefix, quotes.length, depth);
  if (Object.hasOwn(closing, char)) open.push({ sign: char, at });
  else if (/[)\]}]/.test(char)) {
    const last = open.pop();
    if (last === undefined) return { message: `${quote(char)} closes nothing` };
    if (closing[last.sign] !== char) {
      return {
        message: `${quote(char)} stands where ${quote(closing[last.sign] ?? '')} is expected`,
      };
    }
  }
  return { next: at + 1 };
}

function charAt(text: string, at: number): Step {
  const end = /^'(?:\\[^\n][^'\n]{0,9}|[^\\\n'])'/.exec(text.slice(at, at + 14))?.[0].length;
  return end === undefined ? { message: 'the character is not closed' } : { next: at + end };
}

/** A text of any kind; `quotes` counts those that it begins with. */
function textAt(text: string, at: number, prefix: string, quotes: number, depth: number): Step {
  const start = at + prefix.length;
  if (quotes >= 3) {
    // A raw text ends with as many quotes as it begins with; an empty one is none.
    const end = text.indexOf('"'.repeat(quotes), start + quotes);
    if (end < 0) return { message: 'the text is not closed' };
    let next = end + quotes;
    while (text[next] === '"') next += 1;
    return { next };
  }
  if (quotes === 2 && !prefix.includes('@')) return { next: start + 2 };
  const verbatim = prefix.includes('@');
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '"' && verbatim && text[i + 1] === '"') i += 1;
    else if (char === '"') return { next: i + 1 };
    else if (char === '\\' && !verbatim) i += 1;
    else if (char === '\n' && !verbatim) break;
    else if (char === '{' && prefix.includes('$')) {
      if (text[i + 1] === '{') i += 1;
      else {
        const hole = holeEnd(text, i, depth + 1);
        if (hole === null) return { message: 'the { of the text is not closed' };
        i = hole - 1;
      }
    }
  }
  return { message: 'the text is not closed' };
}

/** Where the expression within an interpolated text ends, after its brace. */
function holeEnd(text: string, start: number, depth: number): number | null {
  const open: Open[] = [];
  for (let at = start; at < text.length; ) {
    const step = stepOver(text, at, open, depth);
    if ('message' in step || depth > maxDepth) return null;
    at = step.next;
    if (open.length === 0) return at;
  }
  return null;
}
