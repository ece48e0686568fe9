import { relative } from 'node:path/posix';
import type { Draft } from '../../draft.ts';
import { at, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { dependencyPlace, type PackageManifest } from './package-json.ts';
import { type PackageManager, runProgram } from './package-manager.ts';

const generates = /\bprisma\b[^&|;]{0,80}\bgenerate\b/;
/** Where Prisma looks by itself. */
const standard = ['prisma/schema.prisma', 'schema.prisma'];

/**
 * Puts Prisma's generator before the build of a package whose scripts do not run it: without the
 * generated client the service dies at its first query. The client's own install script does it
 * only where install scripts run, which pnpm and images that copy manifests first do not allow.
 * `owner` is the package whose dependencies are installed, `draft.path` where the build runs.
 */
export function addPrismaClient(
  draft: Draft,
  tree: ProjectTree,
  owner: PackageManifest,
  manager: PackageManager,
): void {
  const place = dependencyPlace(owner, '@prisma/client');
  if (place === null || draft.kind === 'library' || draft.kind === 'static') return;
  const schema = schemaOf(tree, owner);
  if (schema === null || runsGenerator(owner)) return;
  if (dependencyPlace(owner, 'prisma') === null) {
    draft.unknown(
      'build',
      'The Prisma client has to be generated, and the project does not depend on "prisma", which does that; add it to the devDependencies.',
    );
    return;
  }
  const path = relative(`/${draft.path}`, `/${schema.file}`);
  const isFound = schema.isFound && draft.path === owner.folder;
  const flag = isFound || !/^[\w./@-]+$/.test(path) ? '' : ` --schema ${path}`;
  const command = runProgram(manager, `prisma generate${flag}`);
  const build = draft.get('build');
  draft.set('build', build === null ? command : `${command} && ${build}`, place);
}

/** The schema of a package, and whether Prisma finds it without being told. */
function schemaOf(
  tree: ProjectTree,
  { folder, raw }: PackageManifest,
): { readonly file: string; readonly isFound: boolean } | null {
  const configured = ['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs'].some((name) =>
    tree.has(inFolder(folder, name)),
  );
  const named = text(at(raw, 'prisma', 'schema'))?.replace(/^\.\//, '');
  if (named) return { file: inFolder(folder, named), isFound: configured };
  for (const one of standard) {
    if (tree.has(inFolder(folder, one))) return { file: inFolder(folder, one), isFound: true };
  }
  const prefix = folder === '.' ? '' : `${folder}/`;
  const schemas = tree.withExtension('.prisma').filter((file) => file.startsWith(prefix));
  const [file] = schemas;
  return file !== undefined && (schemas.length === 1 || configured)
    ? { file, isFound: configured }
    : null;
}

/** Whether the install or the build runs the generator, also through scripts that they name. */
function runsGenerator({ scripts }: PackageManifest): boolean {
  const seen = new Set<string>();
  const queue = ['preinstall', 'install', 'postinstall', 'prepare', 'prebuild', 'build'];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const script = scripts.get(name)?.slice(0, 2_000);
    if (script === undefined || seen.has(name)) continue;
    seen.add(name);
    if (generates.test(script)) return true;
    queue.push(...(script.match(/[\w:.-]{1,80}/g) ?? []), `pre${name}`, `post${name}`);
  }
  return false;
}
