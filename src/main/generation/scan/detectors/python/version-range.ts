/** Minor versions of Python 3 that are worth an image: the oldest that tools still run on, and the newest. */
const oldestUsable = 9;
const oldestMaintained = 11;
const newest = 14;

/**
 * Reduces what a project says of its Python version to what an image tag needs:
 *
 * - one version (`3.12.1`, `==3.12.*`, `python-3.11.4`): its major and minor;
 * - an open range (`>=3.10`, `^3.11`, `>=3.10,<4`): its lower bound, the one version that the author
 *   surely knew; from below 3.9 the oldest that is still maintained;
 * - a range with an upper bound (`>=3.10,<3.13`): the highest version in it.
 *
 * Null where it says nothing or is no version of CPython.
 */
export function reducePythonRange(range: string): string | null {
  const text = range.trim().toLowerCase().slice(0, 200);
  if (text.startsWith('pypy') || text.includes('anaconda')) return null;
  const plain = text.replace(/^c?python[-\s]?/, '');
  const bounds = { low: null as number | null, high: null as number | null };
  for (const part of plain.split(/[,\s|]+(?=[<>=!~^\d*])/).filter(Boolean)) {
    const match = /^(~=|===?|>=|<=|!=|>|<|\^|~)?\s*v?(\d)(?:\.(\d{1,2}))?(\.[\w.*-]+)?/.exec(
      part.trim(),
    );
    if (!match) continue;
    const [, operator = '==', major, minorText, rest = ''] = match;
    if (major !== '3') {
      if (operator === '==') return minorText === undefined ? null : `${major}.${minorText}`;
      if (major === '2' && operator.startsWith('>')) bounds.low ??= 0;
      continue;
    }
    if (minorText === undefined) {
      if (operator === '==') return '3';
      if (operator.startsWith('>') || operator === '^' || operator.startsWith('~'))
        bounds.low ??= 0;
      continue;
    }
    const minor = Number(minorText);
    if (operator.startsWith('==') || operator === '~' || (operator === '~=' && rest !== ''))
      return `3.${minor}`;
    if (operator === '>=' || operator === '^' || operator === '~=') bounds.low = minor;
    else if (operator === '>') bounds.low = rest === '' ? minor + 1 : minor;
    else if (operator === '<=') bounds.high = minor;
    else if (operator === '<') bounds.high = /[1-9]/.test(rest) ? minor : minor - 1;
  }
  const { low, high } = bounds;
  if (high !== null && high >= 0) return `3.${Math.max(low ?? 0, Math.min(high, newest))}`;
  if (low === null) return null;
  return `3.${low < oldestUsable ? oldestMaintained : low}`;
}
