import { type Built, idOf, idsOf, isOfCluster, namespaceOf } from './built.ts';
import { isJson, visit } from './field-path.ts';
import { type NameReference, nameReferences } from './name-references.ts';

/** Writes the new names of objects wherever others name them by an old one. */
export function fixReferences(all: readonly Built[]): void {
  const byOldName = new Map<string, Built[]>();
  for (const built of all) {
    for (const key of new Set(built.before.map(({ kind, name }) => `${kind}\n${name}`))) {
      byOldName.set(key, [...(byOldName.get(key) ?? []), built]);
    }
  }
  for (const referrer of all) {
    // Each place once: a name that was just written may be the old name of another object.
    const done = new Map<object, Set<string>>();
    for (const reference of nameReferences.get(idOf(referrer).kind) ?? []) {
      const find = (name: string) =>
        referral(referrer, reference, byOldName.get(`${reference.target}\n${name}`) ?? []);
      visit(referrer.object, reference.path, false, (holder, key) => {
        const seen = done.get(holder) ?? new Set();
        if (seen.has(key)) return;
        const held = holder[key];
        if (typeof held === 'string') {
          const found = find(held);
          if (!found) return;
          holder[key] = idOf(found).name;
          done.set(holder, seen.add(key));
        } else if (Array.isArray(held)) {
          holder[key] = held.map((one) => {
            if (typeof one !== 'string') return isJson(one) ? renamed(one, find) : one;
            const found = find(one);
            return found ? idOf(found).name : one;
          });
        } else if (isJson(held)) holder[key] = renamed(held, find);
      });
    }
  }
}

/** A mapping that names an object with its namespace, such as the subject of a role binding. */
function renamed(
  held: Readonly<Record<string, unknown>>,
  find: (name: string) => Built | null,
): Record<string, unknown> {
  const found = typeof held.name === 'string' ? find(held.name) : null;
  if (found === null) return { ...held };
  const isOther =
    typeof held.namespace === 'string' &&
    !idsOf(found).some((id) => namespaceOf(id) === held.namespace);
  if (isOther) return { ...held };
  const { name, namespace } = idOf(found);
  return { ...held, name, ...(namespace === '' ? {} : { namespace }) };
}

function referral(
  referrer: Built,
  { target, targetGroup }: NameReference,
  candidates: readonly Built[],
): Built | null {
  const own = idOf(referrer);
  const near = candidates.filter((built) => {
    const id = idOf(built);
    if (targetGroup !== undefined && id.group !== targetGroup) return false;
    if (isOfCluster(own) || isOfCluster(id) || target === 'ServiceAccount') return true;
    return namespaceOf(id) === namespaceOf(own);
  });
  if (near.length <= 1) return near[0] ?? null;
  const alike = near.filter((one) => sameAffixes(one, referrer, true));
  const alikest =
    alike.length > 1 ? alike.filter((one) => sameAffixes(one, referrer, false)) : alike;
  return alikest[0] ?? null;
}

function sameAffixes(one: Built, other: Built, allowEmpty: boolean): boolean {
  const equal = (mine: readonly string[], theirs: readonly string[]): boolean =>
    (allowEmpty && (mine.length === 0 || theirs.length === 0)) ||
    (mine.length === theirs.length && mine.every((text, index) => text === theirs[index]));
  return equal(one.prefixes, other.prefixes) && equal(one.suffixes, other.suffixes);
}
