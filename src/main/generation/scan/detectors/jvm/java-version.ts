import type { Draft, Place } from '../../draft.ts';
import type { ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { readPin } from '../../version-pins.ts';

/** A Java release as an image tag needs it: `1.8` and `8.0.392-tem` are `8`, `temurin-21.0.2` is `21`. */
export function javaRelease(version: string): string | null {
  const [, first, second] = /(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return (first === '1' ? second : first) ?? null;
}

/**
 * Sets the Java release: the version manager's pin where there is one, else what the build compiles
 * for (`target`, with its place).
 */
export async function setJavaVersion(
  draft: Draft,
  tree: ProjectTree,
  folder: string,
  target: { readonly version: string; readonly at: Place } | null,
): Promise<void> {
  const built = target && javaRelease(target.version);
  const pin =
    (await fromProperties(tree, folder, '.sdkmanrc', /^java\s*=\s*([\w.-]+)/m)) ??
    (await fromProperties(
      tree,
      folder,
      'system.properties',
      /^java\.runtime\.version\s*=\s*([\w.-]+)/m,
    )) ??
    (await readPin(tree, folder, ['java'], ['.java-version']));
  const pinned = pin && javaRelease(pin.version);
  // A pin older than what the build compiles for could not run it.
  if (pin && pinned && Number(pinned) >= Number(built ?? 0))
    draft.set('runtimeVersion', pinned, pin.at);
  else if (target && built) draft.set('runtimeVersion', built, target.at);
}

async function fromProperties(tree: ProjectTree, folder: string, name: string, pattern: RegExp) {
  const file = tree.nearest(folder, [name]);
  const text = file === null ? null : await tree.read(file);
  const version = text === null ? undefined : pattern.exec(text)?.[1];
  if (file === null || text === null || version === undefined) return null;
  return { version, at: { file, line: findLine(text, pattern) } };
}
