/** Words that YAML 1.1 reads as something else than a text. */
const words =
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE|null|Null|NULL|~||<<|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integer = /^[-+]?(?:0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const float = /^[-+]?(?:\d*\.?\d+|\d+\.)(?:[eE][-+]?\d+)?$/;
const sixty = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const time =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\s*\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?\s*(?:Z|[-+]\d{1,2}(?::\d{2})?)?)?$/;

/** Whether a plain scalar is read back as the same text. */
export function isText(value: string): boolean {
  if (words.test(value) || sixty.test(value) || time.test(value)) return false;
  const plain = /^[-+.\d]/.test(value) ? value.replaceAll('_', '') : value;
  return !integer.test(plain) && !float.test(plain);
}

/** What YAML cannot print as it is. */
const special = /(?![\n\u0085])\p{Cc}|[\ufeff\ufffe\uffff]|\p{Cs}/u;

/** How Go's emitter writes a text: plain, quoted or as a block. */
export function scalarStyle(value: string, pad: string, isKey: boolean): string {
  const spaceBreak = / [\n\u0085\u2028\u2029]/.test(value);
  const breakSpace = /[\n\u0085\u2028\u2029] /.test(value);
  const isSpecial = special.test(value);
  const hasBreak = /[\n\u0085\u2028\u2029]/.test(value);
  if (value.includes('\n') && !isKey) {
    const blocks = !value.endsWith(' ') && !spaceBreak && !isSpecial;
    return blocks ? literal(value, pad) : doubleQuoted(value);
  }
  if (!isText(value)) return doubleQuoted(value);
  const edges = /^[ \n]|[ \n]$/.test(value);
  if (!edges && !hasBreak && !isSpecial && !indicators(value)) return value;
  if (!breakSpace && !spaceBreak && !isSpecial) return `'${value.replaceAll("'", "''")}'`;
  return doubleQuoted(value);
}

function indicators(value: string): boolean {
  return (
    /^(?:---|\.\.\.)/.test(value) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(value) ||
    /^[-?:](?:\s|$)/.test(value) ||
    /:(?:\s|$)/.test(value) ||
    /\s#/.test(value)
  );
}

function literal(value: string, pad: string): string {
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
  const inner = pad === '' ? '  ' : pad;
  const body = value
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : inner + line));
  return `|${hint}${chomp}\n${body.join('\n')}`;
}

function doubleQuoted(value: string): string {
  const named: Readonly<Record<string, string>> = {
    '\0': '\\0',
    '\x07': '\\a',
    '\b': '\\b',
    '\t': '\\t',
    '\n': '\\n',
    '\v': '\\v',
    '\f': '\\f',
    '\r': '\\r',
    '\x1b': '\\e',
    '"': '\\"',
    '\\': '\\\\',
    '\u0085': '\\N',
    '\u2028': '\\L',
    '\u2029': '\\P',
  };
  const body = value.replace(/["\\\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu, (char) => {
    const known = named[char];
    if (known !== undefined) return known;
    const code = char.charCodeAt(0);
    return code <= 0xff
      ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
      : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  return `"${body}"`;
}
