import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';

/** Functions of Prometheus's templates and of Go's. */
const functions = new Set(
  'query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink sortByLabel stripPort stripDomain humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp toTime toDuration parseDuration parseDurationTime now pathPrefix externalURL urlQueryEscape and or not len index slice print printf println html js call urlquery eq ne lt le gt ge true false nil'.split(
    ' ',
  ),
);
const given = ['$', '$labels', '$externalLabels', '$externalURL', '$value'];

const token =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$\w*|\.\w*|[+-]?\d[\w.+-]*|\w+|:=|[=|(),]/y;

/**
 * Why a text is no template that Prometheus can read for a label or an annotation; null where it is
 * one, or has no actions. What the template would find at run time is not judged.
 */
export function badTemplate(text: string): string | null {
  const variables = new Set(given);
  const open: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    if (start < 0) break;
    if (/^\{\{-?\s*\/\*/.test(text.slice(start, start + 40))) {
      const end = /\*\/\s*-?\}\}/.exec(text.slice(start));
      if (end === null) return 'a comment is not closed by */}}';
      at = start + end.index + end[0].length;
      continue;
    }
    const action = readAction(text, start + 2);
    if (typeof action === 'string') return action;
    at = action.end;
    const fault = judgeAction(action.tokens, open, variables);
    if (fault !== null) return fault;
  }
  return open.length > 0 ? `{{ ${open.at(-1)} }} has no {{ end }}` : null;
}

function readAction(
  text: string,
  from: number,
): string | { readonly tokens: readonly string[]; readonly end: number } {
  const tokens: string[] = [];
  let at = /^- /.test(text.slice(from, from + 2)) ? from + 2 : from;
  for (;;) {
    const close = /^\s*(?: -)?\}\}/.exec(text.slice(at, at + 200));
    if (close) return { tokens, end: at + close[0].length };
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) {
      if (at >= text.length) return 'an action is not closed by }}';
      return `${quote(text.slice(at, at + 12))} cannot stand in an action`;
    }
    if (found === '.' && /[\w)]/.test(text[at - 1] ?? ''))
      return 'a field lacks its name after the dot';
    at += found.length;
    if (found.trim() !== '') tokens.push(found);
  }
}

function judgeAction(
  tokens: readonly string[],
  open: string[],
  variables: Set<string>,
): string | null {
  const [word = '', ...rest] = tokens;
  switch (word) {
    case '':
      return 'an action is empty';
    case 'end':
      return open.pop() === undefined ? '{{ end }} ends nothing' : endsHere(rest, 'end');
    case 'else':
      if (open.length === 0) return '{{ else }} stands outside of {{ if }}';
      return rest.length === 0 ? null : judgePipeline(rest.slice(1), variables, rest[0] ?? '');
    case 'if':
    case 'with':
    case 'range':
      open.push(word);
      return judgePipeline(rest, variables, word);
    case 'define':
    case 'block':
      open.push(word);
      return null;
    case 'template':
      return null;
    case 'break':
    case 'continue':
      return open.includes('range') ? null : `{{ ${word} }} stands outside of {{ range }}`;
    default:
      return judgePipeline(tokens, variables, '');
  }
}

function endsHere(rest: readonly string[], word: string): string | null {
  return rest.length === 0 ? null : `{{ ${word} }} takes nothing after it`;
}

function judgePipeline(
  tokens: readonly string[],
  variables: Set<string>,
  after: string,
): string | null {
  if (tokens.length === 0)
    return after === '' ? 'an action is empty' : `{{ ${after} }} lacks a value`;
  const assigned = tokens.indexOf(':=');
  const made = assigned < 0 ? [] : tokens.slice(0, assigned).filter((one) => one.startsWith('$'));
  for (const name of made) variables.add(name);
  let depth = 0;
  let wants = true;
  for (const one of tokens) {
    if (one === '|' || one === ')') {
      if (wants) return `a value is missing before ${one}`;
      if (one === '|') wants = true;
    }
    if (one === '(') depth += 1;
    else if (one === ')') depth -= 1;
    if (depth < 0) return 'a ) closes nothing';
    if (one === '(') wants = true;
    else if (one !== '|') wants = false;
    if (one.startsWith('$') && !variables.has(one)) {
      return `there is no variable ${quote(one)}.${didYouMean(one, variables)}`;
    }
    if (/^[A-Za-z_]\w*$/.test(one) && !functions.has(one)) {
      return `there is no function ${quote(one)}.${didYouMean(one, functions)}`;
    }
  }
  if (depth > 0) return 'a ( is not closed';
  return wants ? 'a value is missing at the end of an action' : null;
}
