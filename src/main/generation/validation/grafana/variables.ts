import type { Dashboard } from './schema.ts';

/** `$name`, `${name}`, `${name:format}` and `[[name]]`; `$1` and the like are groups of patterns. */
const usage =
  /\$\{([A-Za-z_]\w*)(?:\.[^}:]{1,80})?(?::[^}]{0,80})?\}|\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*)(?::\w+)?\]\]/g;

/** Names of the variables that a text uses, those of Grafana itself left out. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(usage)]
    .map(([, braced, plain, old]) => braced ?? plain ?? old ?? '')
    .filter((name) => !name.startsWith('__') && name !== 'timeFilter');
}

/** Names that a dashboard defines: its variables, and what is asked for when it is imported. */
export function definedVariables({ templating, __inputs }: Dashboard): ReadonlySet<string> {
  return new Set([
    ...(templating?.list ?? []).map(({ name }) => name),
    ...(__inputs ?? []).map(({ name }) => name),
  ]);
}

/**
 * An expression with its variables replaced, so that it can be parsed: ranges by 5m, others by a
 * name or a number. Several, since a variable does not say which it stands for.
 */
export function withoutVariables(expression: string): readonly string[] {
  const ranged = expression
    .replace(
      /\$__(?:rate_)?interval(?:_ms)?\b|\$\{__(?:rate_)?interval(?:_ms)?\}|\$__range(?:_s|_ms)?\b|\$\{__range(?:_s|_ms)?\}/g,
      '5m',
    )
    .replace(/(\[|\boffset\s+-?|:)\s*(?:\$\{\w+(?::\w+)?\}|\$\w+|\[\[\w+\]\])/g, '$15m')
    .replace(/5m(?:ms|s)\b/g, '5m');
  if (!/[$]|\[\[/.test(ranged)) return [ranged];
  const name = ranged.replace(usage, 'var');
  const number = ranged.replace(usage, (whole, _b, _p, _o, at: number) =>
    isWithinText(ranged, at) ? 'var' : /\w/.test(ranged[at + whole.length] ?? ' ') ? 'var' : '1',
  );
  // The first parameter of an aggregation is a number; what is left is a name.
  const first = ranged.replace(
    /\b((?:topk|bottomk|quantile|limitk|histogram_quantile)\s*(?:(?:by|without)\s*\([^)]*\)\s*)?\(\s*)(?:\$\{\w+(?::\w+)?\}|\$\w+|\[\[\w+\]\])/g,
    '$11',
  );
  return [name, first.replace(usage, 'var'), number];
}

function isWithinText(text: string, at: number): boolean {
  let mark = '';
  for (let i = 0; i < at; i++) {
    const char = text[i] ?? '';
    if (mark === '') {
      if (char === '"' || char === "'" || char === '`') mark = char;
    } else if (char === '\\' && mark !== '`') i += 1;
    else if (char === mark) mark = '';
  }
  return mark !== '';
}
