import type { Draft, Place } from '../draft.ts';
import { firstLines } from '../formats/lines.ts';
import { readYaml } from '../formats/parse.ts';
import { at, list, table, text, texts } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { keepVolume } from './data-folders.ts';
import { imageOf, isOthersImage, systemOf } from './images.ts';

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
/** Services of one file that are looked at. */
const maxServices = 500;

type ComposeService = {
  readonly name: string;
  readonly value: unknown;
  readonly file: string;
  readonly line: number;
};

/**
 * What the author's own Compose files say of the services: their container ports, and the databases
 * and brokers that they are started after. A service is known by the folder it is built from, else by name.
 */
export async function readCompose(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  for (const file of names.flatMap((name) => tree.named(name))) {
    const [content] = await readYaml(tree, file);
    const source = (await tree.read(file)) ?? '';
    const variables = await readVariables(tree, parentOf(file));
    const lines = source.split('\n');
    const first = serviceLines(source);
    const services = Object.entries(table(at(content, 'services')))
      .slice(0, maxServices)
      .map(([name, value]) => ({ name, value, file, line: first.get(name) ?? 1 }));
    for (const service of services) {
      const draft = draftOf(service, drafts);
      if (draft) apply(draft, service, services, lines, variables);
    }
  }
}

/** The line of each service: names at the indentation of the first one, not those in `depends_on`. */
function serviceLines(source: string): ReadonlyMap<string, number> {
  const start = /^services:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n){0,50}([ \t]{1,16})\S/m.exec(source);
  return firstLines(source, new RegExp(`^${start?.[1] ?? '  '}["']?([\\w.-]+)["']?[ \\t]*:`, 'gm'));
}

function draftOf(
  { name, value, file }: ComposeService,
  drafts: readonly Draft[],
): Draft | undefined {
  const base = parentOf(file);
  const build = at(value, 'build');
  const context = text(build) ?? text(at(build, 'context'));
  const built = context === null ? null : inFolder(base, context);
  const dockerfile = text(at(build, 'dockerfile'));
  const folders = [dockerfile && built ? parentOf(inFolder(built, dockerfile)) : null, built];
  for (const folder of folders) {
    const found = drafts.filter((draft) => draft.path === folder && draft.kind !== 'library');
    if (found.length === 1) return found[0];
    const same = found.find((draft) => sameName(draft, name));
    if (same) return same;
  }
  const image = text(at(value, 'image'))?.split('/').at(-1)?.split(':')[0] ?? '';
  return drafts.find(
    (draft) => draft.kind !== 'library' && (sameName(draft, name) || sameName(draft, image)),
  );
}

/** The Dockerfile that it is built from, where the Compose file names one. */
function noteDockerfile(draft: Draft, { value, file, line }: ComposeService): void {
  const build = at(value, 'build');
  const named = text(at(build, 'dockerfile'));
  const context = inFolder(parentOf(file), text(at(build, 'context')) ?? '.');
  const path = named === null || context === null ? null : inFolder(context, named);
  if (path !== null) draft.evidence.push({ fact: 'dockerfile', value: path, file, line });
}

/** What the image is called that it is built as, or that it is pulled as where that ends in its own name. */
function noteImage(
  draft: Draft,
  { value, file, line }: ComposeService,
  variables: ReadonlyMap<string, string>,
): void {
  const written = text(at(value, 'image'));
  if (written === null) return;
  const name = substitute(written, variables);
  const last = plain(imageOf(name)?.split('/').at(-1) ?? '');
  const words = [draft.name, draft.path.split('/').at(-1) ?? ''].map(plain);
  const isNamed = name.includes('/') && words.some((word) => word !== '' && last.endsWith(word));
  const isOwn = at(value, 'build') !== undefined || isNamed;
  if (isOwn && !isOthersImage(name)) draft.images.push({ name, at: { file, line } });
}

const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');

function sameName(draft: Draft, name: string): boolean {
  const folder = draft.path.split('/').at(-1) ?? '';
  return name !== '' && [draft.name, folder].some((one) => plain(one) === plain(name));
}

function apply(
  draft: Draft,
  service: ComposeService,
  all: readonly ComposeService[],
  lines: readonly string[],
  variables: ReadonlyMap<string, string>,
): void {
  const { value, file, line } = service;
  draft.aliases.add(service.name);
  noteDockerfile(draft, service);
  noteImage(draft, service, variables);
  const placeOf = (word: string): Place => {
    const index = lines.findIndex((content, at) => at >= line - 1 && content.includes(word));
    return { file, line: index === -1 ? line : index + 1 };
  };
  const listed = [...list(at(value, 'ports')), ...list(at(value, 'expose'))];
  for (const item of listed.slice(0, 50)) {
    const written = text(at(item, 'target')) ?? text(item) ?? '';
    const port = containerPort(substitute(written, variables));
    if (port === null) continue;
    if (draft.kind === 'cli') draft.is('web', placeOf(written));
    draft.port(port, 'existing', placeOf(written));
  }
  if (
    draft.kind === 'cli' &&
    at(value, 'build') !== undefined &&
    at(value, 'profiles') === undefined
  ) {
    draft.is('worker', { file, line });
  }
  for (const item of list(at(value, 'volumes')).slice(0, 50)) {
    const written = text(item) ?? '';
    const target = text(at(item, 'target')) ?? /:(\/[^:]+)(?::\w+)?$/.exec(written)?.[1];
    if (target) keepVolume(draft, target, null, placeOf(target));
  }
  const after = at(value, 'depends_on');
  const needed = new Set([
    ...texts(after),
    ...Object.keys(table(after)),
    ...texts(at(value, 'links')).map((one) => one.split(':')[0] ?? ''),
  ]);
  for (const other of all) {
    const system = needed.has(other.name) ? systemOf(text(at(other.value, 'image')) ?? '') : null;
    if (!system) continue;
    draft.dependsOn(`image:${system}`, { file, line: other.line });
    draft.evidence.push({
      fact: 'backingHost',
      value: `${system}=${other.name}`,
      file,
      line: other.line,
    });
  }
}

/** The container's side of `[host:]port[/tcp]`; null for ranges and what is not one port. */
function containerPort(written: string): number | null {
  const last = /(?:^|:)(\d{1,5})(?:\/tcp)?$/.exec(written)?.[1];
  return last ? Number(last) : null;
}

function substitute(written: string, variables: ReadonlyMap<string, string>): string {
  return written
    .slice(0, 200)
    .replace(
      /\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}/g,
      (whole, name: string, fallback?: string) => variables.get(name) ?? fallback ?? whole,
    );
}

async function readVariables(
  tree: ProjectTree,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const content = (await tree.read(inFolder(folder, '.env'))) ?? '';
  return new Map(
    [...content.matchAll(/^([A-Za-z_]\w*)=["']?([^"'\n#]*)/gm)].map(([, name = '', value = '']) => [
      name,
      value.trim(),
    ]),
  );
}
