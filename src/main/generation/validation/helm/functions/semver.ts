import { FunctionError } from '../go-template/function-error.ts';
import { GoObject, type Method } from '../go-template/values.ts';
import { fn } from './signature.ts';

/** A version in parts; `pre` is empty for a release. */
type Version = {
  readonly parts: readonly [number, number, number];
  readonly pre: string;
  readonly build: string;
};

const version = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([\w.-]+))?(?:\+([\w.-]+))?$/;
const comparator =
  /^(=|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*(v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*]))?(?:\.(?:\d+|[xX*]))?(?:-[\w.-]+)?(?:\+[\w.-]+)?)$/;

/** Sprig's versions: Masterminds/semver. */
export const semver: Readonly<Record<string, Method>> = {
  semver: fn('s', (text) => {
    const { parts, pre, build } = read(text);
    const [major, minor, patch] = parts;
    const whole = `${parts.join('.')}${pre === '' ? '' : `-${pre}`}${build === '' ? '' : `+${build}`}`;
    const fields = {
      Major: BigInt(major),
      Minor: BigInt(minor),
      Patch: BigInt(patch),
      Prerelease: pre,
      Metadata: build,
      Original: text,
    };
    return new GoObject('*semver.Version', fields, whole);
  }),
  semverCompare: fn('ss', (constraint, text) => isWithin(constraint, read(text))),
};

function read(text: string): Version {
  const match = version.exec(text);
  if (match === null)
    throw new FunctionError(`${JSON.stringify(text.slice(0, 60))} is no semantic version.`);
  const [, major, minor = '0', patch = '0', pre = '', build = ''] = match;
  return { parts: [Number(major), Number(minor), Number(patch)], pre, build };
}

/** Whether Helm reads a text as a version at all. */
export function isVersion(text: string): boolean {
  return text.length < 256 && version.test(text);
}

/** Whether a text is a version as Helm asks one of a chart: all three numbers, no leading `v`. */
export function isStrictVersion(text: string): boolean {
  return (
    /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(text) &&
    text.length < 256
  );
}

function isWithin(constraint: string, given: Version): boolean {
  return constraint.split('||').some((alternative) => {
    const spaced = alternative
      .replace(/(\S+)\s+-\s+(\S+)/g, '>=$1 <=$2')
      .replace(/([=!<>~^]+)\s+/g, '$1');
    const all = spaced.split(/[\s,]+/).filter((one) => one !== '');
    return all.every((one) => fits(one, given));
  });
}

function fits(text: string, given: Version): boolean {
  const match = comparator.exec(text);
  if (match === null)
    throw new FunctionError(`${JSON.stringify(text.slice(0, 60))} is no version constraint.`);
  const [, operator = '', wanted = ''] = match;
  const dirty = wanted.replace(/^v/, '').split(/[-+]/)[0]?.split('.') ?? [];
  const known = dirty.findIndex((part) => /[xX*]/.test(part));
  const exact = known >= 0 ? known : dirty.length;
  const low = read(wanted.replace(/^v/, '').replace(/[xX*]/g, '0'));
  if (given.pre !== '' && low.pre === '') return false;
  const order = compare(given, low);
  switch (operator) {
    case '!=':
      return exact === 3 ? order !== 0 : !sameTo(given, low, exact);
    case '>':
      return exact === 3 ? order > 0 : order > 0 && !sameTo(given, low, exact);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return exact === 3 ? order <= 0 : order < 0 || sameTo(given, low, exact);
    case '~':
    case '~>':
      return exact === 0 || (order >= 0 && sameTo(given, low, Math.min(exact, 2)));
    case '^': {
      if (order < 0) return false;
      const [major, minor] = low.parts;
      if (major > 0 || exact === 1) return sameTo(given, low, 1);
      return minor > 0 || exact === 2 ? sameTo(given, low, 2) : sameTo(given, low, 3);
    }
    default:
      return exact === 3 ? order === 0 : sameTo(given, low, exact);
  }
}

function sameTo(a: Version, b: Version, count: number): boolean {
  return a.parts.slice(0, count).every((part, index) => part === b.parts[index]);
}

function compare(a: Version, b: Version): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a.parts[index] ?? 0) - (b.parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.pre === b.pre) return 0;
  if (a.pre === '' || b.pre === '') return a.pre === '' ? 1 : -1;
  const [left, right] = [a.pre.split('.'), b.pre.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index], right[index]];
    if (x === y) continue;
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [m, n] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (m && n) return Number(x) - Number(y);
    return m !== n ? (m ? -1 : 1) : x < y ? -1 : 1;
  }
  return 0;
}
