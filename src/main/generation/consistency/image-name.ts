/** Stands for a part of a text that only shows when it is used. */
export const unknownPart = '\u0000';

/** Replaces what shells, pipelines, Compose and templates fill in by {@link unknownPart}. */
export function withoutVariables(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|%\w+%/g, unknownPart);
}

/**
 * What an image is called, without the host of its registry, and its tag, `*` where that is not told;
 * null where the name itself is filled in elsewhere. A digest says nothing of the tag.
 */
export function imageName(reference: string): string | null {
  const [named = ''] = withoutVariables(reference.trim().replace(/^docker:\/\//, '')).split('@');
  const parts = named.split('/');
  const host = parts[0] ?? '';
  if (parts.length > 1 && /[.:]|^localhost$/.test(host)) parts.shift();
  const [last = '', tag] = (parts.pop() ?? '').split(':');
  if (last === '' || last.includes(unknownPart)) return null;
  // What stands before a part that is filled in is not known either.
  const known = parts.slice(parts.findLastIndex((part) => part.includes(unknownPart)) + 1);
  const isKnownTag = tag !== undefined && tag !== '' && !tag.includes(unknownPart);
  return `${[...known, last].join('/')}:${isKnownTag ? tag : '*'}`;
}

/** The last part of an image's name, by which projects call the service. */
export function baseName(image: string): string {
  return (image.split('/').at(-1) ?? '').split(':')[0] ?? '';
}

/**
 * Whether two names of {@link imageName} can be one image: of folders before the name only those
 * count that both have, and tags only where both tell one.
 */
export function isSameImage(one: string, other: string): boolean {
  const [a, b] = [split(one), split(other)];
  if (a.tag !== '*' && b.tag !== '*' && a.tag !== b.tag) return false;
  // Registries with projects put their own folders in front.
  const length = Math.min(a.parts.length, b.parts.length, 2);
  return a.parts.slice(-length).join('/') === b.parts.slice(-length).join('/');
}

function split(image: string): { readonly parts: readonly string[]; readonly tag: string } {
  const at = image.lastIndexOf(':');
  return { parts: image.slice(0, at).split('/'), tag: image.slice(at + 1) };
}

/** An image without its tag: each environment of a Terraform configuration pins its own. */
export function withoutTag(reference: string): string {
  return reference.replace(/(?::[^/:]*)?(?:@.*)?$/, '');
}
