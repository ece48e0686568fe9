import type { Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { compiledEntry } from './compiled.ts';
import { type PackageManifest, placeOf } from './package-json.ts';
import { type PackageManager, runProgram, runScript } from './package-manager.ts';
import {
  commandPort,
  developmentProgram,
  expandScript,
  isDevelopment,
  isWrapped,
  withoutBuilding,
  withoutWrapper,
} from './scripts.ts';

/** How a package is started in production. */
export type Start = {
  readonly command: string;
  readonly port: number | null;
  readonly at: Place;
  /** A package that the command needs and that production does not install. */
  readonly needs: string | null;
};

const names = [
  'start:prod',
  'start:production',
  'prod',
  'production',
  'start',
  'serve:prod',
  'serve',
  'server',
];

/** A script that bundles and ends, whatever its name says. */
const bundles =
  /^(?:cross-env\s+(?:\w+=\S+\s+)*)?(?:mix|webpack|rollup|encore|esbuild)\s+(?!serve\b|dev-server\b)/;

/**
 * The start command of a package: of its scripts the first that is not for developing and that
 * production dependencies can run; scripts that compile on the fly are replaced by the compiled file.
 */
export async function scriptedStart(
  tree: ProjectTree,
  manifest: PackageManifest,
  manager: PackageManager,
): Promise<Start | null> {
  let fallback: Start | null = null;
  for (const name of names.filter((script) => manifest.scripts.has(script))) {
    const full = expandScript(manifest, name).trim();
    if (full === '' || isDevelopment(full) || bundles.test(full)) continue;
    const place = placeOf(manifest, 'scripts', name);
    const running = withoutWrapper(withoutBuilding(full));
    const port = commandPort(full);
    const needs = developmentProgram(manifest, running);
    if (needs === null) {
      const direct =
        running !== full &&
        (isWrapped(manifest, full) || developmentProgram(manifest, full) !== null);
      const command = direct ? asCommand(running, manager) : runScript(manager, name);
      return { command, port, at: place, needs: null };
    }
    const entry = /(?:^|\s)(\.?[\w./-]+\.[cm]?tsx?)(?=\s|$)/.exec(running)?.[1] ?? null;
    const file = await compiledEntry(tree, manifest, entry);
    if (file !== null) return { command: `node ${file}`, port, at: place, needs: null };
    fallback ??= { command: runScript(manager, name), port, at: place, needs };
  }
  return fallback;
}

/** The file that Bun watches for developers: as it runs sources as they are, it starts in production too. */
export function watchedByBun(tree: ProjectTree, manifest: PackageManifest): Start | null {
  for (const name of ['start', 'dev', 'start:dev']) {
    const words = withoutWrapper(manifest.scripts.get(name) ?? '');
    const [, file = ''] =
      /^bun(?: run)?(?: --(?:watch|hot|no-clear-screen))+(?: run)? (?:\.\/)?([\w./-]{1,200})$/.exec(
        words,
      ) ?? [];
    if (file === '' || !tree.has(inFolder(manifest.folder, file))) continue;
    const at = placeOf(manifest, 'scripts', name);
    return { command: `bun run ${file}`, port: null, at, needs: null };
  }
  return null;
}

/** A program's command line (of a framework, or a step of a script) as a command of its own. */
export function asCommand(command: string, manager: PackageManager): string {
  return /^(?:node|bun|deno)\s/.test(command) ? command : runProgram(manager, command);
}

/** The start by what the sources show: `main` where it is a source, else the file that listens or works. */
export async function sourceStart(
  tree: ProjectTree,
  manifest: PackageManifest,
  entries: readonly Place[],
  manager: PackageManager,
): Promise<Start | null> {
  const prefix = manifest.folder === '.' ? '' : `${manifest.folder}/`;
  const main = manifest.main;
  if (
    main !== null &&
    tree.has(inFolder(manifest.folder, main.replace(/^\.\//, ''))) &&
    /\.[cm]?js$/.test(main)
  ) {
    return { command: `node ${main}`, port: null, at: placeOf(manifest, 'main'), needs: null };
  }
  const preferred = [...entries].sort((a, b) => rank(a.file) - rank(b.file));
  for (const place of preferred) {
    const file = place.file.slice(prefix.length);
    const result = (command: string): Start => ({ command, port: null, at: place, needs: null });
    if (/\.[cm]?js$/.test(file)) return result(`node ${file}`);
    if (manager.name === 'bun') return result(`bun run ${file}`);
    const built = await compiledEntry(tree, manifest, file);
    if (built !== null) return result(`node ${built}`);
  }
  return null;
}

function rank(file: string): number {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const known = /^(?:server|index|main|app|www|start|worker)\b/.test(name) ? 0 : 10;
  return known + file.split('/').length;
}
