import pins from '../../../../../resources/actions.json' with { type: 'json' };

/** Commits of the releases of actions, by repository and tag: read from the repositories' own tags in August 2026. */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = pins;

/** Each release of these knows versions of a language by name: an older one than the author has may lack theirs. */
const rolling: ReadonlySet<string> = new Set(['ruby/setup-ruby', 'shivammathur/setup-php']);

/** Actions that workflows of ours use, in the newest release that was known. */
export type KnownAction = keyof typeof pins;

/** `owner/name@<commit> # vX.Y.Z`: what `uses:` holds. */
export function pinned(action: KnownAction): string {
  const [newest] = Object.entries(table[action] ?? {});
  if (!newest) throw new Error(`No release of ${action} is known.`);
  return `${action}@${newest[1]} # ${newest[0]}`;
}

/**
 * The commit of a release that an author names by its tag, or by a major version, which stands for the
 * newest release of it; null where it is not known.
 */
export function commitOf(
  action: string,
  ref: string,
): { readonly commit: string; readonly version: string } | null {
  // An action may lie in a folder of its repository.
  const repository = action.split('/').slice(0, 2).join('/').toLowerCase();
  const releases = Object.entries(table).find(([name]) => name.toLowerCase() === repository)?.[1];
  if (!releases) return null;
  const exact = Object.hasOwn(releases, ref) ? releases[ref] : undefined;
  if (exact !== undefined) return { commit: exact, version: ref };
  const major = rolling.has(repository) ? undefined : /^v?(\d+)$/.exec(ref)?.[1];
  const newest = Object.entries(releases).find(
    ([tag]) => major !== undefined && tag.replace(/^v/, '').startsWith(`${major}.`),
  );
  return newest ? { commit: newest[1], version: newest[0] } : null;
}
