import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { PodTemplate, Resource } from './resource.ts';
import { isDnsLabel } from './rules-names.ts';

const url = 'https://kubernetes.io/docs/concepts/storage/volumes/';

/** Volumes of a pod: each of one kind, and of a name of its own. */
export function judgeVolumes({ say }: Resource, pod: PodTemplate): void {
  const names = new Set<string>();
  list(pod.spec.volumes).forEach((entry, index) => {
    const volume = mapping(entry);
    const at = [...pod.path, 'spec', 'volumes', index];
    const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== null);
    if (sources.length > 1) {
      const message = `A volume is of one kind, and this is ${sources.join(' and ')}. Keep one.`;
      say('volume-source', 'error', at, message, url);
    }
    const { name } = volume;
    if (typeof name !== 'string') return;
    if (!isDnsLabel(name)) {
      const message = `${quote(name)} is no name of a volume: at most 63 of a-z, 0-9 and -.`;
      say('invalid-name', 'error', [...at, 'name'], message, url);
    } else if (names.has(name)) {
      const message = `Two volumes are called ${quote(name)}. Rename one.`;
      say('duplicate-volume', 'error', [...at, 'name'], message, url);
    }
    names.add(name);
  });
}

/** Mounts of a container: each at a path of its own. */
export function judgeMounts({ say }: Resource, container: Mapping, path: YamlPath): void {
  const taken = new Set<string>();
  list(container.volumeMounts).forEach((entry, index) => {
    const { mountPath } = mapping(entry);
    if (typeof mountPath !== 'string') return;
    if (taken.has(mountPath)) {
      const message = `Something is mounted at ${quote(mountPath)} already. Remove or move one.`;
      say('duplicate-mount', 'error', [...path, 'volumeMounts', index, 'mountPath'], message, url);
    }
    taken.add(mountPath);
  });
}

/** A claim says how much it wants, and how it is accessed. */
export function judgeClaim({ value, say }: Resource): void {
  const { resources, accessModes } = mapping(value.spec);
  const { storage } = mapping(mapping(resources).requests);
  const docs = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/';
  if (storage === undefined || storage === null) {
    const message = 'A claim needs its size. Add resources.requests.storage.';
    say('missing-field', 'error', ['spec'], message, `${docs}#resources`);
  }
  if (list(accessModes).length === 0) {
    const message = 'A claim needs accessModes. Add ReadWriteOnce or another.';
    say('missing-field', 'error', ['spec'], message, `${docs}#access-modes`);
  }
}
