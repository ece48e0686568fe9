import { readJson } from '../../formats/parse.ts';
import { at, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { PackageManifest } from './package-json.ts';

const compiled = /^(?:\.\/)?(?:dist|build|lib|out)\//;

/**
 * The file that the build makes of a TypeScript entry (`src/index.ts` → `dist/index.js`), relative to
 * the package: by `main` where that is a built file, else by the compiler's `outDir`. Null where the
 * package has no build or nothing says where it goes.
 */
export async function compiledEntry(
  tree: ProjectTree,
  manifest: PackageManifest,
  entry: string | null,
): Promise<string | null> {
  const build = manifest.scripts.get('build') ?? '';
  if (build === '') return null;
  const main = manifest.main;
  if (main !== null && compiled.test(main)) return main.replace(/^\.\//, '');
  if (entry === null || !/\.[cm]?tsx?$/.test(entry)) return null;
  const script = entry.replace(/^\.\//, '').replace(/\.([cm]?)tsx?$/, '.$1js');
  const bundler = /\b(?:tsup|tsdown|unbuild|rolldown|rollup|esbuild|ncc)\b/.test(build);
  const options = await compilerOptions(tree, manifest.folder);
  const folder = text(at(options, 'outDir')) ?? (bundler ? 'dist' : null);
  if (folder === null) return null;
  const root = text(at(options, 'rootDir')) ?? sourceRoot(tree, manifest.folder);
  const plain = root.replace(/^\.\/|\/$/g, '');
  const inner = bundler
    ? script.slice(script.lastIndexOf('/') + 1)
    : script.startsWith(`${plain}/`)
      ? script.slice(plain.length + 1)
      : script;
  return `${folder.replace(/^\.\/|\/$/g, '')}/${inner}`;
}

async function compilerOptions(tree: ProjectTree, folder: string): Promise<unknown> {
  for (const name of ['tsconfig.build.json', 'tsconfig.prod.json', 'tsconfig.json']) {
    const file = inFolder(folder, name);
    if (!tree.has(file)) continue;
    const options = at(await readJson(tree, file), 'compilerOptions');
    if (at(options, 'outDir') !== undefined) return options;
  }
  return undefined;
}

/** The compiler takes the folder that holds all sources; `src` where nothing lies beside it. */
function sourceRoot(tree: ProjectTree, folder: string): string {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const outside = tree.under(folder).some((path) => {
    const inner = path.slice(prefix.length);
    return /\.tsx?$/.test(inner) && !/\.(?:d|config)\.[cm]?ts$|^(?:src|tests?)\//.test(inner);
  });
  return outside ? '.' : 'src';
}
