import type { Resource } from '../kubernetes/resource.ts';
import { list, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';

const docs = 'https://kyverno.io/docs/policy-types/cluster-policy/';
const variables = 'https://kyverno.io/docs/policy-types/cluster-policy/variables/';
const anchor = /^(?:[\^=X+<]?\([^()]+\)|[^()]*)$/;
const operators = new Set(
  'Equals NotEquals AnyIn AllIn AnyNotIn AllNotIn GreaterThanOrEquals GreaterThan LessThanOrEquals LessThan DurationGreaterThanOrEquals DurationGreaterThan DurationLessThanOrEquals DurationLessThan'.split(
    ' ',
  ),
);
const oldOperators = new Set(['Equal', 'NotEqual', 'In', 'NotIn']);
const maxDepth = 60;

/** Patterns, variables and conditions: texts and open fields, of which the schema says nothing. */
export function judgeTexts(resource: Resource): void {
  const spec = mapping(resource.value.spec);
  const inBackground = spec.background !== false;
  list(spec.rules).forEach((one, index) => {
    const rule = mapping(one);
    const path = ['spec', 'rules', index];
    walk(resource, rule, path, inBackground, 0);
    const validate = mapping(rule.validate);
    const at = [...path, 'validate'];
    judgeKeys(resource, validate.pattern, [...at, 'pattern'], 0);
    list(validate.anyPattern).forEach((held, way) => {
      judgeKeys(resource, held, [...at, 'anyPattern', way], 0);
    });
  });
}

function walk(
  resource: Resource,
  value: unknown,
  path: YamlPath,
  inBackground: boolean,
  depth: number,
): void {
  if (depth > maxDepth) return;
  if (typeof value === 'string') judgeVariables(resource, value, path, inBackground);
  else if (Array.isArray(value))
    value.forEach((held, index) => {
      walk(resource, held, [...path, index], inBackground, depth + 1);
    });
  else if (typeof value === 'object' && value !== null) {
    const held = mapping(value);
    if (
      typeof held.operator === 'string' &&
      held.key !== undefined &&
      !path.includes('matchExpressions')
    )
      judgeOperator(resource, held.operator, path);
    for (const [key, inner] of Object.entries(held))
      walk(resource, inner, [...path, key], inBackground, depth + 1);
  }
}

function judgeOperator({ say }: Resource, operator: string, path: YamlPath): void {
  const url = `${docs}preconditions/`;
  if (oldOperators.has(operator)) {
    say(
      'deprecated-field',
      'warning',
      [...path, 'operator'],
      `The operator ${operator} is deprecated. Use Equals, NotEquals, AnyIn or AnyNotIn.`,
      url,
    );
  } else if (!operators.has(operator) && !operator.includes('{{')) {
    say(
      'invalid-operator',
      'error',
      [...path, 'operator'],
      `Kyverno has no operator ${quote(operator)}. Use one of ${[...operators].slice(0, 6).join(', ')}.`,
      url,
    );
  }
}

/** Keys of a pattern: `=(key)` and its kin are closed, and of the kinds that validate knows. */
function judgeKeys(resource: Resource, value: unknown, path: YamlPath, depth: number): void {
  if (depth > maxDepth || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((held, index) => {
      judgeKeys(resource, held, [...path, index], depth + 1);
    });
    return;
  }
  for (const [key, held] of Object.entries(value)) {
    const at = [...path, key];
    if (!anchor.test(key)) {
      resource.say(
        'invalid-anchor',
        'error',
        at,
        `${quote(key)} is no anchor. Write (key), =(key), ^(key), X(key) or <(key).`,
        `${docs}validate/#anchors`,
      );
    } else if (key.startsWith('+(')) {
      resource.say(
        'invalid-anchor',
        'error',
        at,
        `${quote(key)} adds what is missing, which only mutate can. Use =(key) here.`,
        `${docs}validate/#anchors`,
      );
    }
    judgeKeys(resource, held, at, depth + 1);
  }
}

function judgeVariables(
  { say }: Resource,
  text: string,
  path: YamlPath,
  inBackground: boolean,
): void {
  if (text.length > 20_000) return;
  const plain = text.replaceAll('\\{{', '');
  const opened = plain.split('{{').length - 1;
  const closed = plain.split('}}').length - 1;
  if (opened !== closed) {
    // Objects within an expression may close twice on their own.
    if (opened > closed || opened === 0)
      say(
        'open-variable',
        'error',
        path,
        `${quote(text, 80)} has {{ without }}, or the other way round. Close it.`,
        variables,
      );
    return;
  }
  for (const expression of expressionsOf(plain)) {
    const shown = quote(`{{${expression}}}`, 80);
    const problem = problemOf(expression.trim());
    if (problem) say('invalid-variable', 'error', path, `${shown} ${problem}`, variables);
    if (inBackground && ofRequests.test(expression)) {
      const message = `${shown} is known of a request alone. Set spec.background: false.`;
      say('no-background', 'error', path, message, variables);
    }
  }
}

/** Values that only a request has: a scan in the background has none. */
const ofRequests =
  /\brequest\.(?:userInfo|roles|clusterRoles)\b|(?<![\w.])serviceAccount(?:Name|Namespace)\b/;
const innermost = /\{\{((?:(?!\{\{|\}\})[\s\S])*)\}\}/g;

/** The expressions of a text; one within another is put in its place before, as Kyverno does it. */
function expressionsOf(text: string): readonly string[] {
  const found: string[] = [];
  let rest = text;
  for (let depth = 0; depth < 10 && rest.includes('{{'); depth++) {
    rest = rest.replace(innermost, (_, expression: string) => {
      found.push(expression);
      return 'x';
    });
  }
  return found;
}

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What is wrong with a JMESPath expression, as far as its signs tell; null where nothing is. */
function problemOf(expression: string): string | null {
  if (expression === '') return 'is empty. Name a value.';
  const open: string[] = [];
  let quoted: string | null = null;
  for (let at = 0; at < expression.length; at++) {
    const sign = expression[at] ?? '';
    if (quoted !== null) {
      if (sign === '\\') at += 1;
      else if (sign === quoted) quoted = null;
    } else if (sign === '"' || sign === "'" || sign === '`') quoted = sign;
    else if ('([{'.includes(sign)) open.push(sign);
    else if (pairs[sign] !== undefined && open.pop() !== pairs[sign])
      return `closes ${sign} that was not opened.`;
  }
  if (quoted !== null) return `opens ${quoted} and does not close it.`;
  if (open.length > 0) return `opens ${open.at(-1)} and does not close it.`;
  return /(?:^[.|&]|[.|&]$|\.\.)/.test(expression)
    ? 'begins or ends in the middle of a path. Complete it.'
    : null;
}
