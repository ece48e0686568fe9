import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ name: z.string(), version: z.string() });

/** Where the app's own files are, and which version they are. Folders are absolute. */
export type AppLocation = {
  readonly root: string;
  readonly version: string;
  /** The built page: what `electron-vite build` leaves. */
  readonly pageFolder: string;
  readonly sampleFolder: string;
  /** `manifest.json` and the models, where native code can open them. */
  readonly modelsFolder: string;
  /** What a compute process runs: source where `from` is source, otherwise what was built. */
  readonly computeEntry: string;
  /** The same of an image process. */
  readonly imagesEntry: string;
};

/**
 * Finds the app from a folder inside it, so that the doors run both unbuilt and built, and from an
 * asar archive. Throws where no package of this app is above `from`.
 */
export function locateApp(from: string): AppLocation {
  for (let root = from; ; root = dirname(root)) {
    const found = readPackage(root);
    if (found?.name === 'omega-studio') {
      // Unpacked beside the archive: other programs and native code cannot read inside one.
      const resources = join(root.replace(/app\.asar$/, 'app.asar.unpacked'), 'resources');
      const isSource = from.startsWith(join(root, 'src'));
      return {
        root,
        version: found.version,
        pageFolder: join(root, 'out', 'renderer'),
        sampleFolder: join(resources, 'sample'),
        modelsFolder: join(resources, 'models'),
        computeEntry: isSource
          ? join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')
          : join(root, 'out', 'main', 'compute.js'),
        imagesEntry: isSource
          ? join(root, 'src', 'main', 'acceleration', 'vision', 'main.ts')
          : join(root, 'out', 'main', 'images.js'),
      };
    }
    if (dirname(root) === root) {
      throw new Error(`No package.json of omega-studio above ${from}; reinstall the app.`);
    }
  }
}

function readPackage(folder: string): z.infer<typeof packageSchema> | null {
  try {
    return packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return null;
  }
}
