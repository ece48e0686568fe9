// The npm packages stopped at a version; what the provider's documentation names today beyond it is
// kept as names alone, so that a validator does not refuse an argument for being newer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Adds `later` (names of arguments) to the types of `read`, and the names of newer types. */
export function addLater(name, read, docs) {
  for (const [kind, folder] of [
    ['resources', 'r'],
    ['data', 'd'],
  ]) {
    for (const page of readdirSync(join(docs, 'website/docs', folder))) {
      const type = `${name}_${page.replace(/\..*$/, '').replace(new RegExp(`^${name}_`), '')}`;
      const block = read[kind][type];
      if (!block) {
        // Pages of IAM types tell of three types at once; the package has those that matter.
        if (!read.names[kind].includes(type) && !/_iam$/.test(type)) read.names[kind].push(type);
        continue;
      }
      const text = readFileSync(join(docs, 'website/docs', folder, page), 'utf8');
      const known = namesOf(block);
      const found = [...text.matchAll(/^\s*[*-] (?:<a [^>]*><\/a>)?`(\w+)`/gm)].map(
        (match) => match[1],
      );
      const later = [...new Set(found)].filter((word) => !known.has(word) && /^[a-z]/.test(word));
      if (later.length > 0) block.later = later.sort();
    }
  }
}

function namesOf(block) {
  const inner = [
    ...Object.values(block.blocks ?? {}),
    ...Object.values(block.attributes ?? {}).flatMap((one) => (one.inner ? [one.inner] : [])),
  ];
  const own = [block.attributes, block.blocks].flatMap((held) => Object.keys(held ?? {}));
  return new Set([...own, ...(block.outputs ?? []), ...inner.flatMap((one) => [...namesOf(one)])]);
}
