const letter = /\p{L}/u;
const digit = /\p{Nd}/u;

/** The order of mapping keys in what Go's YAML library writes: numbers within them by their value. */
export function naturalOrder(a: string, b: string): number {
  return less(a, b) ? -1 : a === b ? 0 : 1;
}

function less(a: string, b: string): boolean {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    if (x === y) continue;
    const [xIsLetter, yIsLetter] = [letter.test(x), letter.test(y)];
    if (xIsLetter && yIsLetter) return x < y;
    if (xIsLetter || yIsLetter) return yIsLetter;
    let base = 0n;
    if (x === '0' || y === '0') {
      for (let j = i - 1; j >= 0 && digit.test(left[j] as string); j--) {
        if (left[j] !== '0') {
          base = 1n;
          break;
        }
      }
    }
    const [m, mEnd] = numberAt(left, i, base);
    const [n, nEnd] = numberAt(right, i, base);
    if (m !== n) return m < n;
    if (mEnd !== nEnd) return mEnd < nEnd;
    return x < y;
  }
  return left.length < right.length;
}

function numberAt(chars: readonly string[], from: number, base: bigint): readonly [bigint, number] {
  let [value, at] = [base, from];
  while (at < chars.length && digit.test(chars[at] as string) && at < from + 30) {
    value = value * 10n + BigInt((chars[at] as string).charCodeAt(0) - 48);
    at += 1;
  }
  return [value, at];
}
