import type { Draft, Place } from '../draft.ts';
import { mayBeManifest } from '../existing-files.ts';
import { isTestPath } from '../foreign-folders.ts';
import type { ProjectTree } from '../project-tree.ts';
import { imageOf, isOthersImage } from './images.ts';

/** Manifests of a project that are looked at, and objects of one. */
const maxManifests = 1_000;
const maxObjects = 500;

/** Kinds that run a service. */
const running = /^kind:[ \t]*["']?(?:Deployment|StatefulSet|DaemonSet|Job|CronJob)\b/m;

/** An image that a manifest runs, under the name of the object that runs it. */
type Run = { readonly workload: string; readonly image: string; readonly at: Place };

/**
 * What the author's manifests call the services and their images. Only these two are read here, by
 * lines: a parser would hold the thread for a millisecond a kilobyte. Templates of charts are passed over.
 */
export async function readManifests(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  const paths = tree.files.filter(
    (path) => mayBeManifest(path) && !isTestPath(path) && !/(?:^|\/)templates\//.test(path),
  );
  const owners = ownersByWord(drafts);
  for (const path of paths.slice(0, maxManifests)) {
    const text = (await tree.read(path)) ?? '';
    if (!running.test(text) || !/^apiVersion:/m.test(text) || text.includes('{{')) continue;
    for (const run of runsIn(path, text)) {
      const draft = ownerOf(run, owners);
      if (draft === null) continue;
      draft.workload ??= { name: run.workload, at: run.at };
      draft.images.push({ name: run.image, at: run.at });
    }
  }
}

function runsIn(file: string, text: string): readonly Run[] {
  const runs: Run[] = [];
  let line = 1;
  for (const object of text.split(/^---.*$/m, maxObjects)) {
    const workload = running.test(object) ? nameOf(object) : null;
    if (workload !== null) {
      for (const { 0: all, 1: image = '', index } of object.matchAll(
        /^[ \t]*(?:-[ \t]+)?image:[ \t]*["']?([^\s"'#]{1,300})/gm,
      )) {
        const before = object.slice(0, index + all.length).split('\n').length - 1;
        runs.push({ workload, image, at: { file, line: line + before } });
      }
    }
    line += object.split('\n').length - 1;
  }
  return runs;
}

/** The name in an object's own metadata: of those below it, labels named `name` stand deeper. */
function nameOf(object: string): string | null {
  const block = /^metadata:[ \t]*\n((?:[ \t#][^\n]*\n|\n){1,200})/m.exec(object)?.[1] ?? '';
  const names = [
    ...block.matchAll(/^([ \t]+)name:[ \t]*["']?([a-z0-9][a-z0-9.-]{0,200})["']?[ \t]*(?:#.*)?$/gm),
  ];
  names.sort((a, b) => (a[1]?.length ?? 0) - (b[1]?.length ?? 0));
  return names[0]?.[2] ?? null;
}

const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Services by their words; null where several have the same. */
function ownersByWord(drafts: readonly Draft[]): ReadonlyMap<string, Draft | null> {
  const owners = new Map<string, Draft | null>();
  for (const draft of drafts) {
    if (draft.kind === 'library' || draft.kind === 'cli') continue;
    const words = new Set([draft.name, draft.path.split('/').at(-1) ?? '', ...draft.aliases]);
    for (const word of new Set([...words].map(plain).filter((one) => one !== ''))) {
      owners.set(word, owners.has(word) ? null : draft);
    }
  }
  return owners;
}

function ownerOf(
  { image, workload }: Run,
  owners: ReadonlyMap<string, Draft | null>,
): Draft | null {
  if (isOthersImage(image)) return null;
  const last = imageOf(image)?.split('/').at(-1) ?? '';
  const words = [last, last.split(/[_-]/).at(-1) ?? '', workload].map(plain);
  for (const word of words) {
    const owner = owners.get(word);
    if (owner) return owner;
  }
  return null;
}
