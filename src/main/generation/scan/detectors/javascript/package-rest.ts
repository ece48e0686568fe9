import type { Draft } from '../../draft.ts';
import { at, text } from '../../formats/values.ts';
import type { ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { type Application, applicationOf } from './applications.ts';
import type { PackageContext } from './package-facts.ts';
import { type PackageManifest, placeOf } from './package-json.ts';
import { isDevelopment } from './scripts.ts';
import { type Start, sourceStart } from './start.ts';

/** Describes a package that is neither an application nor a server: a worker, a command or a library. */
export async function describeRest(
  draft: Draft,
  tree: ProjectTree,
  { manifest, manager }: PackageContext,
  signals: readonly Signal[],
  start: Start | null,
  server: Application | null,
): Promise<void> {
  const working = signals.filter(({ value }) => value === 'js-worker');
  const worker = applicationOf(tree, manifest, ['works']);
  if (server) draft.set('framework', server.framework.name, server.at);
  else if (worker) draft.set('framework', worker.framework.name, worker.at);
  const bin = binOf(manifest);
  if ((working.length > 0 || start !== null) && !isLibrary(manifest) && bin === null) {
    draft.is('worker', working[0] ?? worker?.at ?? start?.at ?? placeOf(manifest));
    const found = start ?? (await sourceStart(tree, manifest, working, manager));
    if (found) applyStart(draft, found);
    if (working.length === 0) {
      draft.unknown(
        'kind',
        'It opens no port that could be seen; if it serves requests, name its port in a Dockerfile (EXPOSE).',
      );
    }
  } else if (bin !== null) {
    draft.is('cli', placeOf(manifest, 'bin')).set('start', `node ${bin}`, placeOf(manifest, 'bin'));
  } else draft.is('library', placeOf(manifest, manifest.main === null ? 'name' : 'main'));
}

function binOf({ raw, name }: PackageManifest): string | null {
  const { bin } = raw;
  if (typeof bin === 'string') return bin;
  const short = name.slice(name.lastIndexOf('/') + 1);
  const first = Object.keys(typeof bin === 'object' && bin !== null ? bin : {})[0];
  return text(at(bin, short) ?? (first === undefined ? undefined : at(bin, first)));
}

/** A package that others install: published, with an entry for them and no start of its own. */
export function isLibrary({ raw, isPrivate, scripts, main }: PackageManifest): boolean {
  const entry = raw.exports !== undefined || isBuilt(raw.module) || raw.types !== undefined;
  const starts = ['start', 'start:prod', 'serve'].some(
    (name) => scripts.has(name) && !isDevelopment(scripts.get(name) ?? ''),
  );
  return !starts && (entry || (main !== null && !isPrivate && raw.files !== undefined));
}

/** `bun init` names the program's own source as its module; what is published names a built file. */
function isBuilt(module: unknown): boolean {
  return module !== undefined && !/^(?:\.\/)?src\/|\.[cm]?tsx?$/.test(text(module) ?? '');
}

/** Sets a start with its port, and says what production would lack for it. */
export function applyStart(draft: Draft, start: Start): void {
  draft.set('start', start.command, start.at);
  if (start.port !== null) draft.port(start.port, 'command', start.at);
  if (start.needs !== null) {
    draft.unknown(
      'start',
      `It needs ${start.needs}, which production does not install: move it to "dependencies", or start the built file.`,
    );
  }
}
