/** The long-term release of Node that a project without a number means by `lts/*`, `node` or `*`. */
export const currentLts = 24;

const codenames: Readonly<Record<string, number>> = {
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

/** The oldest Node that today's package managers run on; an open range from below it says little. */
const oldestUsable = 18;
const highestMajor = 60;

type Comparator = { readonly operator: string; readonly major: number; readonly exact: boolean };

/**
 * Reduces what a project says of its Node version to the major version that an image tag needs:
 *
 * - one version, `^20.11`, `~20`, `20.x`: that major;
 * - a range with an upper bound (`>=20 <23`, `18 - 22`): the highest long-term (even) release in it, not
 *   above the current one where that is possible;
 * - an open range (`>=18.17`): its lower bound, the one version that the author surely knew, rounded up
 *   to a long-term release; from below 18 the current one, since today's tools no longer run there;
 * - alternatives (`^18 || ^20`): the highest of their answers;
 * - `lts/*`, `lts/iron`, `node`, `latest`, `stable`: the release that the name means.
 *
 * Null where it says nothing (`*`, empty) or is no version at all.
 */
export function reduceNodeRange(text: string): string | null {
  const range = text.trim().toLowerCase().slice(0, 200);
  const named = alias(range);
  if (named !== undefined) return named === null ? null : String(named);
  const majors = range
    .split('||')
    .map(reduceAlternative)
    .filter((major) => major !== null);
  return majors.length > 0 ? String(Math.max(...majors)) : null;
}

function alias(range: string): number | null | undefined {
  const word = range.replace(/^(?:node(?:js)?[-@/])/, '');
  if (word === '' || word === '*' || word === 'x' || word === 'system') return null;
  if (/^(?:lts(?:\/\*)?|node|latest|stable|current)$/.test(word)) return currentLts;
  const code = /^(?:lts\/)?([a-z]+)$/.exec(word)?.[1];
  if (code !== undefined) return Object.hasOwn(codenames, code) ? codenames[code] : null;
  return undefined;
}

function reduceAlternative(text: string): number | null {
  const comparators = parse(text);
  if (comparators === null || comparators.length === 0) return null;
  const allowed: number[] = [];
  for (let major = 0; major <= highestMajor; major += 1) {
    if (comparators.every((comparator) => admits(comparator, major))) allowed.push(major);
  }
  const [lowest] = allowed;
  if (lowest === undefined) return null;
  if (comparators.every(({ operator }) => operator.startsWith('>'))) {
    if (lowest < oldestUsable) return currentLts;
    return lowest % 2 === 0 ? lowest : lowest + 1;
  }
  const even = allowed.filter((major) => major % 2 === 0);
  return even.filter((major) => major <= currentLts).at(-1) ?? even[0] ?? lowest;
}

function parse(text: string): readonly Comparator[] | null {
  const spaced = text
    .replace(/(\d|x)\s+-\s+v?(?=\d)/g, '$1 <=')
    .replace(/^\s*v?(\d[\w.]*) <=/, '>=$1 <=')
    .replace(/([<>=^~])\s+/g, '$1');
  const comparators: Comparator[] = [];
  for (const word of spaced.split(/[\s,]+/).filter((part) => part !== '' && part !== '*')) {
    const match =
      /^(>=|<=|>|<|\^|~>?|==?|)(?:node(?:js)?[-@]?)?v?(\d{1,4})((?:\.[\dx*]+){0,2})(?:[-+][\w.-]+)?$/.exec(
        word,
      );
    if (!match) return null;
    const [, operator = '', major = '', rest = ''] = match;
    comparators.push({
      operator: /^[<>]/.test(operator) ? operator : '=',
      major: Number(major),
      exact: /[1-9]/.test(rest),
    });
  }
  return comparators;
}

function admits({ operator, major: bound, exact }: Comparator, major: number): boolean {
  switch (operator) {
    case '>=':
      return major >= bound;
    case '>':
      return exact ? major >= bound : major > bound;
    case '<=':
      return major <= bound;
    case '<':
      return exact ? major <= bound : major < bound;
    default:
      return major === bound;
  }
}
