import type { Draft, Place } from '../../draft.ts';
import type { ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { readPin, shorten } from '../../version-pins.ts';

/** Gems by name, each with the line that names it. */
export type Gems = ReadonlyMap<string, Place>;

/** The gems of a Gemfile that production needs, and where. */
export function readGems(file: string, source: string): Gems {
  const gems = new Map<string, Place>();
  let skipped = 0;
  for (const [index, line] of source.split('\n').entries()) {
    if (/^\s*group\b.*:(?:test|development)\b.*\bdo\s*$/.test(line) && !/:production/.test(line))
      skipped = 1;
    else if (skipped > 0 && /^end\b/.test(line)) skipped = 0;
    const name = /^\s*gem\s*\(?\s*["']([\w.-]+)["']/.exec(line)?.[1];
    if (name && skipped === 0 && !/group:?\s*(?:=>)?\s*\[?\s*:(?:test|development)/.test(line)) {
      gems.set(name, { file, line: index + 1 });
    }
  }
  return gems;
}

/** Sets the version of Ruby that the project pins: its own files, the Gemfile, the lockfile. */
export async function setVersion(
  draft: Draft,
  tree: ProjectTree,
  folder: string,
  file: string,
  source: string,
  lock: string | null,
): Promise<void> {
  const pin = await readPin(tree, folder, ['ruby'], ['.ruby-version']);
  const pinned = pin && shorten(pin.version, 2);
  if (pin && pinned) {
    draft.set('runtimeVersion', pinned, pin.at);
    return;
  }
  const own = /^\s*ruby\s+["'][^\d"']*(\d+\.\d+)/m;
  const wanted = own.exec(source)?.[1];
  if (wanted) draft.set('runtimeVersion', wanted, { file, line: findLine(source, own) });
  else if (lock) {
    const text = (await tree.read(lock)) ?? '';
    const locked = /^RUBY VERSION\s+ruby (\d+\.\d+)/m;
    const version = locked.exec(text)?.[1];
    if (version)
      draft.set('runtimeVersion', version, { file: lock, line: findLine(text, locked) + 1 });
  }
}
