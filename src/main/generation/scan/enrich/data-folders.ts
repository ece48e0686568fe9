import type { Draft, Place } from '../draft.ts';
import { inFolder } from '../project-tree.ts';

/** Names of folders that programs keep data in; a mount of any other may be of sources or settings. */
const kept = /^(?:data|storage|uploads?|media|databases?|files)$/;

/**
 * A folder that the author's own image or Compose file keeps in a volume, where it lies in the
 * service's folder: what is mounted below the image's working folder, whose custom is `/app`.
 */
export function keepVolume(draft: Draft, target: string, home: string | null, at: Place): void {
  if (draft.kind === 'library' || draft.kind === 'static' || draft.kind === 'cli') return;
  const root = (home ?? '/app').replace(/\/+$/, '');
  const path = target.replace(/\/+$/, '');
  if (root === '' || !path.startsWith(`${root}/`)) return;
  const inside = path.slice(root.length + 1);
  if (!/^[\w./-]{1,100}$/.test(inside) || !kept.test(inside.split('/').at(-1) ?? '')) return;
  draft.keepsData(inFolder(draft.path, inside), at);
}
