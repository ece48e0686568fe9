const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

const escapeSequence =
  /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([\s\S]))/g;

/** The value of a Go string literal, or null where it is none. */
export function readString(text: string): string | null {
  if (text.startsWith('`')) return text.slice(1, -1).replaceAll('\r', '');
  return unescaped(text.slice(1, -1));
}

/** The code point of a Go character literal, or null where it is none. */
export function readChar(text: string): bigint | null {
  const points = [...(unescaped(text.slice(1, -1)) ?? '')];
  return points.length === 1 ? BigInt((points[0] as string).codePointAt(0) as number) : null;
}

/** A Go number: an integer as bigint, any other as number; null where it is none. */
export function readNumber(text: string): bigint | number | null {
  const plain = text.replaceAll('_', '');
  const [sign, digits] = /^[+-]/.test(plain) ? [plain[0], plain.slice(1)] : ['', plain];
  const factor = sign === '-' ? -1n : 1n;
  if (/^0[xX][\da-fA-F]+$|^0[oO][0-7]+$|^0[bB][01]+$|^(?:0|[1-9]\d*)$/.test(digits))
    return factor * BigInt(digits);
  if (/^0[0-7]+$/.test(digits)) return factor * BigInt(`0o${digits.slice(1)}`);
  const [, hex, power] = /^(0[xX][\da-fA-F]+)[pP]([+-]?\d{1,4})$/.exec(digits) ?? [];
  const value = hex === undefined ? Number(digits) : Number(hex) * 2 ** Number(power);
  return Number.isFinite(value) && /[.eEpP]/.test(digits) ? Number(factor) * value : null;
}

function unescaped(text: string): string | null {
  let valid = true;
  const value = text.replace(escapeSequence, (_, hex, short, long, octal, other) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) valid = false;
      return point > 0x10ffff ? '' : String.fromCodePoint(point);
    }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    if (!Object.hasOwn(escapes, other)) valid = false;
    return escapes[other] ?? '';
  });
  return valid ? value : null;
}
