/** A piece of HCL's source that is safe where it stands: made only by the functions of this folder. */
export class Hcl {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

/** What {@link value} writes as a literal; an {@link Hcl} within stays an expression. */
export type HclValue =
  | Hcl
  | string
  | number
  | boolean
  | null
  | readonly HclValue[]
  | { readonly [name: string]: HclValue };

/** An expression that we wrote ourselves: a reference, a call. Never for a text of the project. */
export function ref(expression: string): Hcl {
  return new Hcl(expression);
}

/** Text within quotes, where nothing is interpolated. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/\$(?=\{)/g, () => '$$')
    .replaceAll(/%(?=\{)/g, '%%');
}

/** A quoted string; `${` and `%{` in it stay what they are. */
export function str(text: string): Hcl {
  return new Hcl(`"${escaped(text)}"`);
}

/** A quoted string of literal texts and interpolated expressions; one expression alone needs no quotes. */
export function template(parts: readonly (string | Hcl)[]): Hcl {
  const [only] = parts;
  if (parts.length === 1 && only instanceof Hcl) return only;
  const source = parts.map((part) => (part instanceof Hcl ? `\${${part.source}}` : escaped(part)));
  return new Hcl(`"${source.join('')}"`);
}

/** A literal; objects and lists that do not fit a line take one for each entry. */
export function value(of: HclValue): Hcl {
  return new Hcl(write(of));
}

const lineWidth = 72;

function write(of: HclValue): string {
  if (of instanceof Hcl) return of.source;
  if (of === null || typeof of === 'number' || typeof of === 'boolean') return String(of);
  if (typeof of === 'string') return str(of).source;
  if (Array.isArray(of)) {
    const items = (of as readonly HclValue[]).map(write);
    const line = `[${items.join(', ')}]`;
    if (line.length <= lineWidth && !line.includes('\n')) return line;
    return `[\n${items.map((item) => `${item},`).join('\n')}\n]`;
  }
  const entries = Object.entries(of).map(([name, held]) => `${key(name)} = ${write(held)}`);
  return entries.length === 0 ? '{}' : `{\n${entries.join('\n')}\n}`;
}

/** A name of an object: bare where HCL reads it as one. */
function key(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : str(name).source;
}
