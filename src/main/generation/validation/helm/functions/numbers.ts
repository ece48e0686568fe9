import { FunctionError } from '../go-template/function-error.ts';
import type { Method, Value } from '../go-template/values.ts';
import { fn } from './signature.ts';
import { strval } from './strings.ts';

/** Longest list that `until`, `untilStep` and `seq` make. */
const maxRange = 100_000;

/** Sprig's numbers; integers are Go's int64. */
export const numbers: Readonly<Record<string, Method>> = {
  atoi: fn('s', (s) => (/^[+-]?\d{1,18}$/.test(s) ? BigInt(s.replace('+', '')) : 0n)),
  int: fn('a', whole),
  int64: fn('a', whole),
  float64: fn('a', real),
  toDecimal: fn('a', (value) => {
    const octal = strval(value);
    return /^[0-7]{1,20}$/.test(octal) ? BigInt(`0o${octal}`) : 0n;
  }),
  add1: fn('a', (value) => wrap(whole(value) + 1n)),
  add: fn('a*', (...values) => values.reduce<bigint>((sum, value) => wrap(sum + whole(value)), 0n)),
  sub: fn('aa', (a, b) => wrap(whole(a) - whole(b))),
  div: fn('aa', (a, b) => whole(a) / nonZero(b)),
  mod: fn('aa', (a, b) => whole(a) % nonZero(b)),
  mul: fn('aa*', (...values) =>
    values.reduce<bigint>((all, value) => wrap(all * whole(value)), 1n),
  ),
  add1f: fn('a', (value) => real(value) + 1),
  addf: fn('a*', (...values) => values.reduce<number>((sum, value) => sum + real(value), 0)),
  subf: fn('aa*', (...values) => values.map(real).reduce((all, value) => all - value)),
  divf: fn('aa*', (...values) => values.map(real).reduce((all, value) => all / value)),
  mulf: fn('aa*', (...values) => values.map(real).reduce((all, value) => all * value)),
  biggest: fn('aa*', (...values) => most(values.map(whole), 1)),
  max: fn('aa*', (...values) => most(values.map(whole), 1)),
  min: fn('aa*', (...values) => most(values.map(whole), -1)),
  maxf: fn('aa*', (...values) => Math.max(...values.map(real))),
  minf: fn('aa*', (...values) => Math.min(...values.map(real))),
  ceil: fn('a', (value) => Math.ceil(real(value))),
  floor: fn('a', (value) => Math.floor(real(value))),
  round: fn('aia*', (...values) => {
    const [value = 0, digits = 0, half = 0.5] = (values as readonly Value[]).map(real);
    const power = 10 ** digits;
    const scaled = power * value;
    const part = Math.abs(scaled % 1);
    const up = part >= half ? Math.sign(scaled) : 0;
    return (Math.trunc(scaled) + up) / power;
  }),
  until: fn('i', (n) => steps(0, n, n < 0 ? -1 : 1)),
  untilStep: fn('iii', steps),
  seq: fn('i*', (...given) => {
    const [a = 0, b = 0, c = 0] = given;
    if (given.length === 0) return '';
    const [from, step, to] =
      given.length === 1
        ? [1, a < 1 ? -1 : 1, a]
        : given.length === 2
          ? [a, b < a ? -1 : 1, b]
          : [a, b, c];
    if (step === 0 || (to - from) * step < 0) return '';
    return steps(from, to + step, step).join(' ');
  }),
  randInt: fn('ii', (min) => BigInt(min)),
};

/** A value as an int64, 0 where it is none: spf13/cast. */
export function whole(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number')
    return Number.isFinite(value) ? wrap(BigInt(Math.trunc(value))) : 0n;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value !== 'string' || value.length > 30) return 0n;
  const plain = value.replaceAll('_', '');
  if (/^[+-]?\d+$/.test(plain)) {
    const digits = plain.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
    return wrap(BigInt(digits));
  }
  return /^0x[\da-f]+$/i.test(plain) ? wrap(BigInt(plain)) : 0n;
}

function real(value: Value): number {
  if (typeof value === 'string') {
    const parsed = value.trim() === '' ? 0 : Number(value);
    return Number.isNaN(parsed) ? 0 : parsed;
  }
  return typeof value === 'number' ? value : Number(whole(value));
}

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function nonZero(value: Value): bigint {
  const divisor = whole(value);
  if (divisor === 0n) throw new FunctionError('divides by zero.');
  return divisor;
}

function most(values: readonly bigint[], sign: 1 | -1): bigint {
  return values.reduce((best, value) =>
    value > best === sign > 0 && value !== best ? value : best,
  );
}

function steps(start: number, stop: number, step: number): Value[] {
  if (step === 0 || (stop - start) * step <= 0) return [];
  const count = Math.ceil((stop - start) / step);
  if (count > maxRange) throw new FunctionError(`makes more than ${maxRange} numbers.`);
  return Array.from({ length: count }, (_, index) => BigInt(start + index * step));
}
