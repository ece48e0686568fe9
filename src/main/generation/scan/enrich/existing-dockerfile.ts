import type { Draft } from '../draft.ts';
import { inFolder, type ProjectTree } from '../project-tree.ts';

const expose = /^\s*EXPOSE\s+(.+)$/i;

/** Ports that the author's own Dockerfile exposes; they count where code and configuration say none. */
export async function readExposedPorts(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  for (const draft of drafts) {
    const file = inFolder(draft.path, 'Dockerfile');
    const text = await tree.read(file);
    if (text === null) continue;
    for (const [index, content] of text.split(/\r?\n/).entries()) {
      const ports = expose.exec(content)?.[1]?.split(/\s+/) ?? [];
      for (const port of ports) {
        if (/^\d+(?:\/tcp)?$/.test(port)) {
          draft.port(Number.parseInt(port, 10), 'existing', { file, line: index + 1 });
        }
      }
    }
  }
}
