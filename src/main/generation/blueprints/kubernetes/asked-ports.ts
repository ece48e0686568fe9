import { isImproved, type Surroundings } from '../blueprint.ts';

const known = new WeakMap<Surroundings['texts'], ReadonlyMap<string, number>>();

/** Addresses in one file that are looked at. */
const maxAddresses = 2_000;

/**
 * The ports on which an author's manifests call others by their names (`cart:7070`): a Service of ours
 * has to answer there. Names that are called on several ports are left out.
 */
export function askedPorts(surroundings: Surroundings): ReadonlyMap<string, number> {
  const before = known.get(surroundings.texts);
  if (before) return before;
  const found = new Map<string, number | null>();
  for (const [path, { content }] of surroundings.texts) {
    if (!/\.ya?ml$/.test(path) || !isImproved(surroundings, path)) continue;
    const all = content.matchAll(/(?:["'\s]|:\/\/)([a-z][a-z0-9-]{0,62}):(\d{2,5})(?=["'\s/]|$)/g);
    for (const [, host = '', port] of [...all].slice(0, maxAddresses)) {
      const other = found.get(host);
      found.set(host, other === undefined || other === Number(port) ? Number(port) : null);
    }
  }
  const made = new Map([...found].flatMap(([host, port]) => (port ? [[host, port] as const] : [])));
  known.set(surroundings.texts, made);
  return made;
}
