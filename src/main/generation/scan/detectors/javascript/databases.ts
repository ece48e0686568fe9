import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import type { PackageManifest } from './package-json.ts';

const provider = /^\s*provider\s*=\s*"(postgresql|postgres|cockroachdb|mysql|mongodb|sqlserver)"/m;

/** The connection of a data source; it has no default. */
const variable = /^\s*(?:url|directUrl)\s*=\s*env\(\s*"([A-Z_][A-Z0-9_]*)"\s*\)/;

/**
 * Database engines that a schema or configuration names, where the client is the same for all of them:
 * Prisma's `provider`, Drizzle's `dialect`.
 */
export async function addEngines(
  draft: Draft,
  tree: ProjectTree,
  sources: readonly PackageManifest[],
): Promise<void> {
  for (const { folder, dependencies, devDependencies } of sources) {
    const uses = (name: string) => dependencies.has(name) || devDependencies.has(name);
    if (uses('prisma') || uses('@prisma/client')) await addPrisma(draft, tree, folder);
    if (uses('drizzle-orm')) await addDrizzle(draft, tree, folder);
  }
}

async function addPrisma(draft: Draft, tree: ProjectTree, folder: string): Promise<void> {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const schemas = tree.withExtension('.prisma').filter((path) => path.startsWith(prefix));
  for (const file of schemas.slice(0, 50)) {
    const source = (await tree.read(file)) ?? '';
    for (const [index, line] of source.slice(0, 20_000).split('\n').entries()) {
      const name = variable.exec(line)?.[1];
      if (name) draft.reads({ name, required: true, file, line: index + 1 });
    }
    const engine = provider.exec(source)?.[1];
    if (engine === undefined) continue;
    const name = engine === 'postgres' || engine === 'cockroachdb' ? 'postgresql' : engine;
    draft.dependsOn(`prisma:${name}`, { file, line: findLine(source, provider) });
    return;
  }
}

async function addDrizzle(draft: Draft, tree: ProjectTree, folder: string): Promise<void> {
  for (const ending of ['ts', 'js', 'mjs', 'json']) {
    const file = inFolder(folder, `drizzle.config.${ending}`);
    const source = tree.has(file) ? ((await tree.read(file)) ?? '') : '';
    const pattern = /["']?dialect["']?\s*:\s*["'](postgresql|mysql)["']/;
    const engine = pattern.exec(source)?.[1];
    if (engine) draft.dependsOn(`drizzle:${engine}`, { file, line: findLine(source, pattern) });
  }
}
