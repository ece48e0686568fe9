import { join } from 'node:path';
import { isBuilt } from '../../scripts/lib/build.mjs';

const root = join(import.meta.dirname, '../..');

/** What runs as `omega`: the build where it is of these sources, as it starts twice as fast, or else the source. */
export const cliEntry = isBuilt(root)
  ? join(root, 'out/main/cli.js')
  : join(root, 'src/main/doors/cli/main.ts');
