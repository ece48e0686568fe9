/** Names of one service: its own, its folder's, the one that it registers under. */
export type Named<T> = { readonly item: T; readonly names: readonly string[] };

/** What a name leads to: one, several that it fits equally well, or none. */
export type NameMatch<T> =
  | { readonly type: 'one'; readonly item: T }
  | { readonly type: 'several'; readonly items: readonly T[] }
  | { readonly type: 'none' };

/** Words that say only that something is a service. */
const common =
  /(?:micro)?(?:services?|svc)$|^(?:ms|svc)(?=[^a-z])|(?:[^a-z])(?:ms|api|app|server)$/;

/** Letters and digits, as names in capitals, with hyphens and in camel case share them. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A name without the words that many services have, in the singular; empty where nothing else is in it. */
function reduced(name: string): string {
  let rest = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(common, '').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  }
  const word = plain(rest);
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

/**
 * Finds services by the names that others call them by, in variables and in addresses: in capitals,
 * without hyphens, with and without `service` at the end, and without the words that all services of the
 * project begin with. A name that fits one service better than others leads to it.
 */
export class ServiceNames<T> {
  readonly #exact = new Map<string, Set<T>>();
  readonly #reduced = new Map<string, Set<T>>();

  constructor(all: readonly Named<T>[]) {
    const prefix = sharedPrefix(all.map(({ names }) => names[0] ?? ''));
    for (const { item, names } of all) {
      for (const name of names) {
        const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
        for (const one of new Set([name, own])) {
          add(this.#exact, plain(one), item);
          add(this.#reduced, reduced(one), item);
        }
      }
    }
  }

  /** What a name fits, but for case and signs. */
  exact(name: string): NameMatch<T> {
    return toMatch(this.#exact.get(plain(name)));
  }

  /** What a name fits best. */
  best(name: string): NameMatch<T> {
    const exact = this.exact(name);
    return exact.type === 'none' ? toMatch(this.#reduced.get(reduced(name))) : exact;
  }
}

function add<T>(map: Map<string, Set<T>>, key: string, item: T): void {
  if (key === '') return;
  const held = map.get(key);
  if (held) held.add(item);
  else map.set(key, new Set([item]));
}

function toMatch<T>(found: ReadonlySet<T> | undefined): NameMatch<T> {
  const [first, ...more] = found ?? [];
  if (first === undefined) return { type: 'none' };
  return more.length === 0
    ? { type: 'one', item: first }
    : { type: 'several', items: [first, ...more] };
}

/** What all names begin with, up to a sign: `spring-petclinic-`. */
function sharedPrefix(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return '';
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && name[same] === first[same]) same += 1;
    length = same;
  }
  const end = first.slice(0, length).search(/[-_.][^-_.]*$/);
  return end === -1 ? '' : first.slice(0, end + 1);
}
