import type { Place } from './draft.ts';
import { inFolder, type ProjectTree } from './project-tree.ts';
import { findLine } from './source-signals.ts';

/**
 * The port that the Dockerfile in a folder exposes, where an ordinary user may open it: what the
 * author's image listens on, where the source says nothing and a server has to be told one.
 */
export async function exposedPort(
  tree: ProjectTree,
  folder: string,
): Promise<(Place & { readonly port: number }) | null> {
  const file = inFolder(folder, 'Dockerfile');
  const source = tree.has(file) ? await tree.read(file) : null;
  const pattern = /^\s*EXPOSE\s+(\d{4,5})\b/m;
  const port = pattern.exec(source ?? '')?.[1];
  return port ? { file, line: findLine(source ?? '', pattern), port: Number(port) } : null;
}
