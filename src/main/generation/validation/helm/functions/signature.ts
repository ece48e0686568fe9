import { FunctionError } from '../go-template/function-error.ts';
import { takesNilMaps } from '../go-template/nil-arguments.ts';
import { type Method, typeOf, type Value } from '../go-template/values.ts';

/** What the letters of a signature stand for: Go would refuse other types before the call. */
type Kinds = {
  readonly s: string;
  /** A whole number. */
  readonly i: number;
  readonly b: boolean;
  /** A mapping, empty where a nil one is given. */
  readonly m: Map<string, Value>;
  /** A mapping that is written to, which a nil one cannot be. */
  readonly w: Map<string, Value>;
  /** Anything. */
  readonly a: Value;
};

type Args<S extends string> = S extends ''
  ? []
  : S extends `${infer K extends keyof Kinds}*`
    ? Kinds[K][]
    : S extends `${infer K extends keyof Kinds}${infer R}`
      ? [Kinds[K], ...Args<R>]
      : never;

const names: Readonly<Record<string, string>> = {
  s: 'a text',
  i: 'a whole number',
  b: 'true or false',
  m: 'a mapping',
  w: 'a mapping',
};

/** A function of templates by its Go signature: a letter of {@link Kinds} each, `*` after the last for any number. */
export function fn<S extends string>(signature: S, call: (...args: Args<S>) => Value): Method {
  const isOpen = signature.endsWith('*');
  const kinds = [...signature.replace('*', '')];
  const least = isOpen ? kinds.length - 1 : kinds.length;
  const kindOf = (index: number) => kinds[Math.min(index, kinds.length - 1)] as string;
  const method: Method = (...args) => {
    if (args.length < least || (!isOpen && args.length > least)) {
      const wanted = `${isOpen ? 'at least ' : ''}${least}`;
      throw new FunctionError(`needs ${wanted} arguments and got ${args.length}.`);
    }
    const checked = args.map((value, index) => {
      const kind = kindOf(index);
      if (!fits(kind, value)) {
        const got = value === null ? 'nothing (the value is not set)' : typeOf(value);
        throw new FunctionError(`argument ${index + 1} must be ${names[kind]}, and is ${got}.`);
      }
      return kind === 'i' ? Number(value) : value;
    });
    return call(...(checked as Args<S>));
  };
  return kinds.includes('m') ? takesNilMaps(method, (index) => kindOf(index) === 'm') : method;
}

function fits(kind: string, value: Value): boolean {
  switch (kind) {
    case 's':
      return typeof value === 'string';
    case 'i':
      return typeof value === 'bigint';
    case 'b':
      return typeof value === 'boolean';
    case 'm':
    case 'w':
      return value instanceof Map;
    default:
      return true;
  }
}

/** The value as a list. @throws FunctionError where it is none. */
export function listOf(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  throw new FunctionError(`needs a list, and got ${typeOf(value)}.`);
}
