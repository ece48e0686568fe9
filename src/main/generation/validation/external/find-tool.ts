import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Looks tools up on a PATH, each only once for the life of the finder. */
export type ToolFinder = (name: string) => Promise<string | null>;

/**
 * A finder over `path` (the PATH variable). Relative entries are left out: a scanned project must not be
 * able to bring its own tools. On Windows `.exe` is added.
 */
export function createToolFinder(path: string, platform: NodeJS.Platform): ToolFinder {
  const known = new Map<string, Promise<string | null>>();
  const look = async (name: string): Promise<string | null> => {
    for (const folder of path.split(delimiter)) {
      if (!isAbsolute(folder)) continue;
      const file = join(folder, platform === 'win32' ? `${name}.exe` : name);
      try {
        await access(file, constants.X_OK);
        if ((await stat(file)).isFile()) return file;
      } catch {
        // Not in this folder.
      }
    }
    return null;
  };
  return (name) => {
    const found = known.get(name) ?? look(name);
    known.set(name, found);
    return found;
  };
}
