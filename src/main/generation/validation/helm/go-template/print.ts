import { GoObject, sortedKeys, typeOf, type Value } from './values.ts';

/** A value as fmt's `%v` writes it. */
export function text(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return floatText(value);
  if (Array.isArray(value)) return `[${value.map(inner).join(' ')}]`;
  if (value instanceof Map) {
    const pairs = sortedKeys(value).map((key) => `${key}:${inner(value.get(key) ?? null)}`);
    return `map[${pairs.join(' ')}]`;
  }
  if (value instanceof GoObject)
    return value.text ?? `{${[...value.fields.values()].map(inner).join(' ')}}`;
  return value === null ? '<nil>' : String(value);
}

function inner(value: Value): string {
  return text(value);
}

/** A value as an action writes it: nil as `<no value>`. */
export function shown(value: Value): string {
  return value === null ? '<no value>' : text(value);
}

/** A float64 as strconv's shortest `g` writes it: with an exponent from 1e+06 on, or from `largest` on. */
export function floatText(value: number, largest = 6): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', digits = '0'] = value.toExponential().split('e');
  const exponent = Number(digits);
  if (exponent < -4 || exponent >= largest) return `${mantissa}e${signed(exponent)}`;
  return plainFloat(value);
}

/** A float64 without an exponent. */
export function plainFloat(value: number): string {
  const [mantissa = '', digits = '0'] = Math.abs(value).toExponential().split('e');
  const exponent = Number(digits);
  const all = mantissa.replace('.', '');
  const sign = value < 0 ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${all}`;
  const whole = all.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const rest = all.slice(exponent + 1);
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}

function signed(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** fmt.Sprint: a blank between operands of which neither is a text. */
export function sprint(values: readonly Value[]): string {
  return values
    .map((value, index) => {
      const before = values[index - 1];
      const apart = index > 0 && typeof value !== 'string' && typeof before !== 'string';
      return `${apart ? ' ' : ''}${text(value)}`;
    })
    .join('');
}

const verb = /%([-+# 0]*)(\d+|\*)?(?:\.(\d+|\*)?)?(.)?/gsu;
/** Widest that a value is padded to. */
const maxWidth = 1_000;

/** fmt.Sprintf for the verbs that templates use; what does not fit is written as Go does, `%!d(string=x)`. */
export function sprintf(format: string, values: readonly Value[]): string {
  let next = 0;
  const written = format.replace(verb, (whole, flags: string, width, precision, letter) => {
    if (letter === '%') return '%';
    if (letter === undefined) return '%!(NOVERB)';
    const star = (): number => Number(values[next++] ?? 0);
    const wide = Math.min(maxWidth, width === '*' ? star() : Number(width ?? 0));
    const hasPoint = /\./.test(whole);
    const exact = !hasPoint
      ? null
      : Math.min(100, precision === '*' ? star() : Number(precision ?? 0));
    if (next >= values.length) return `%!${letter}(MISSING)`;
    const value = values[next++] ?? null;
    const body = one(letter, value, flags, exact);
    if (flags.includes('-')) return body.padEnd(wide);
    if (!flags.includes('0') || typeof value === 'string') return body.padStart(wide);
    const sign = /^[-+]/.test(body) ? body[0] : '';
    return `${sign}${body.slice(sign?.length).padStart(wide - (sign?.length ?? 0), '0')}`;
  });
  if (next >= values.length) return written;
  const extra = values
    .slice(next)
    .map((value) => (value === null ? '<nil>' : `${typeOf(value)}=${text(value)}`));
  return `${written}%!(EXTRA ${extra.join(', ')})`;
}

function one(letter: string, value: Value, flags: string, exact: number | null): string {
  const bad = `%!${letter}(${value === null ? '<nil>' : `${typeOf(value)}=${text(value)}`})`;
  if (letter === 'v')
    return flags.includes('#') && typeof value === 'string' ? goQuote(value) : text(value);
  if (letter === 'T') return typeOf(value);
  if (Array.isArray(value))
    return `[${value.map((item) => one(letter, item, flags, exact)).join(' ')}]`;
  if (value instanceof Map) {
    const pairs = sortedKeys(value).map(
      (key) =>
        `${one(letter, key, flags, exact)}:${one(letter, value.get(key) ?? null, flags, exact)}`,
    );
    return `map[${pairs.join(' ')}]`;
  }
  if (letter === 't') return typeof value === 'boolean' ? String(value) : bad;
  const held = value instanceof GoObject && value.text !== null ? value.text : value;
  if (typeof held === 'string') return ofText(letter, held, flags, exact) ?? bad;
  if (typeof held === 'bigint') return ofInteger(letter, held, flags, exact) ?? bad;
  if (typeof held === 'number') return ofFloat(letter, held, flags, exact) ?? bad;
  return bad;
}

function ofText(letter: string, value: string, flags: string, exact: number | null): string | null {
  const cut = exact === null ? value : [...value].slice(0, exact).join('');
  if (letter === 's') return cut;
  if (letter === 'q')
    return flags.includes('#') && !/[`\p{Cc}]/u.test(cut) ? `\`${cut}\`` : goQuote(cut);
  if (letter === 'x' || letter === 'X') {
    const hex = Buffer.from(cut).toString('hex');
    return letter === 'x' ? hex : hex.toUpperCase();
  }
  return null;
}

function ofInteger(
  letter: string,
  value: bigint,
  flags: string,
  exact: number | null,
): string | null {
  const radix = { d: 10, x: 16, X: 16, o: 8, O: 8, b: 2 }[letter];
  const plus = flags.includes('+') && value >= 0n ? '+' : '';
  if (radix !== undefined) {
    const digits = (value < 0n ? -value : value).toString(radix).padStart(exact ?? 0, '0');
    const prefix =
      letter === 'O'
        ? '0o'
        : flags.includes('#')
          ? ({ x: '0x', X: '0X', o: '0', b: '0b' }[letter] ?? '')
          : '';
    const body = letter === 'X' ? digits.toUpperCase() : digits;
    return `${value < 0n ? '-' : plus}${prefix}${body}`;
  }
  const point = Number(value);
  if (letter === 'c' || letter === 'q') {
    if (!(point >= 0 && point <= 0x10ffff)) return letter === 'c' ? '\ufffd' : null;
    const char = String.fromCodePoint(point);
    return letter === 'c' ? char : `'${char}'`;
  }
  return letter === 'U' ? `U+${point.toString(16).toUpperCase().padStart(4, '0')}` : null;
}

function ofFloat(
  letter: string,
  value: number,
  flags: string,
  exact: number | null,
): string | null {
  const plus = flags.includes('+') && value >= 0 ? '+' : '';
  switch (letter) {
    case 'f':
    case 'F':
      return plus + value.toFixed(exact ?? 6);
    case 'e':
      return plus + value.toExponential(exact ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    case 'g':
      return (
        plus +
        (exact === null
          ? floatText(value)
          : floatText(Number(value.toPrecision(Math.max(1, exact)))))
      );
    default:
      return null;
  }
}

/** A text as strconv.Quote writes it. */
export function goQuote(value: string): string {
  const named: Readonly<Record<string, string>> = {
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '"': '\\"',
    '\\': '\\\\',
  };
  const body = value.replace(
    /["\\]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (char) => {
      const known = named[char];
      if (known !== undefined) return known;
      const code = char.codePointAt(0) as number;
      if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
      return code > 0xffff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
  return `"${body}"`;
}
