import { list, mapping } from '../../validation/plain.ts';
import type { YamlChange } from '../yaml/changes.ts';
import { type Known, type Proposal, set } from './container.ts';

/**
 * A read-only root file system with folders of their own for what is written, where all of that is
 * known. `taken` are the names of the pod's volumes; those of new ones are added.
 */
export function readOnlyRoot(
  { place, facts, image }: Known,
  specPath: Proposal['path'],
  taken: Set<string>,
): readonly Proposal[] {
  const { document, path, container } = place;
  const own = mapping(container.securityContext);
  if (own.readOnlyRootFilesystem !== undefined || own.privileged === true) return [];
  const mounts = list(container.volumeMounts).map((one) => String(mapping(one).mountPath ?? ''));
  const keeps = image?.data ? mounts.includes(image.data) : true;
  const writes = facts?.writes ?? (image && keeps ? image.writes : null) ?? null;
  if (writes === null) {
    return [
      {
        document,
        path,
        changes: [],
        text: 'its root file system is writable, since the facts do not show all that it writes (readOnlyRootFilesystem: true, and emptyDir for what it misses)',
      },
    ];
  }
  const folders = [...new Set(['/tmp', ...writes])].filter((one) => !mounts.includes(one));
  const changes = folders.flatMap((mountPath, at): readonly YamlChange[] => {
    const name = free(at === 0 && mountPath === '/tmp' ? 'tmp' : `writable-${at}`, taken);
    return [
      { type: 'append', document, path: [...path, 'volumeMounts'], value: { name, mountPath } },
      {
        type: 'append',
        document,
        path: [...specPath, 'volumes'],
        value: { name, emptyDir: { sizeLimit: '256Mi' } },
      },
    ];
  });
  const first = set(place, ['securityContext', 'readOnlyRootFilesystem'], true);
  return [
    {
      document,
      path,
      changes: [first, ...changes],
      text: 'its root file system is read-only; what it writes has folders of its own.',
    },
  ];
}

function free(wished: string, taken: Set<string>): string {
  let name = wished;
  for (let count = 2; taken.has(name); count++) name = `${wished}-${count}`;
  taken.add(name);
  return name;
}
