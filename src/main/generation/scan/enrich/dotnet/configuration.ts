import type { Draft, Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { appSettings, type Settings } from './app-settings.ts';
import { readConnections } from './connections.ts';
import { launchPorts } from './launch-ports.ts';

const isDotnet = ({ language, kind }: Draft): boolean =>
  (language === 'csharp' || language === 'fsharp') && kind !== 'library' && kind !== 'cli';

/**
 * What .NET services take from their configuration, as the variables that set it: connection strings,
 * addresses of the project's other services, and values that no settings file has. A key is read from
 * the variable of the same name with `__` for `:`.
 */
export async function readDotnetConfiguration(
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<void> {
  const services = drafts.filter(isDotnet);
  const ports = await launchPorts(tree, services);
  await readBrowserSettings(drafts, tree, ports);
  for (const draft of services) {
    const settings = await appSettings(tree, draft.path);
    const local = await appSettings(tree, draft.path, '.Development');
    const signals = (draft.packages ?? []).flatMap((folder) => tree.signalsIn(folder));
    readConnections(draft, signals, settings, local);
    readValues(draft, signals, settings);
    readAddresses(draft, settings, ports, services);
    readFiles(draft, signals);
    noteCircuits(draft, signals);
    const protocols = settings.get('kestrel:endpointdefaults:protocols');
    if (protocols?.value.toLowerCase() === 'http2')
      draft.evidence.push({ fact: 'protocol', value: 'h2c', ...protocols.at });
    for (const { value, file, line } of signals.filter(({ fact }) => fact === 'discovery')) {
      callByName(draft, value, services, { file, line });
    }
  }
}

/** What pages in browsers are told to call, people reach: the settings of a Blazor project. */
async function readBrowserSettings(
  drafts: readonly Draft[],
  tree: ProjectTree,
  ports: ReadonlyMap<number, Draft>,
): Promise<void> {
  for (const draft of drafts.filter((one) => one.get('framework') === 'blazor')) {
    const settings = await appSettings(tree, inFolder(draft.path, 'wwwroot'));
    for (const { value, at } of settings.values()) {
      const target = ports.get(localPort(value) ?? 0);
      if (target && !target.evidence.some(({ fact }) => fact === 'exposure'))
        target.evidence.push({ fact: 'exposure', value: 'public', ...at });
    }
  }
}

/** The port of an address on the developer's machine; null for all else. */
function localPort(value: string): number | null {
  const port = /^https?:\/\/localhost:(\d{2,5})(?:\/[\w./~%-]*)?$/.exec(value)?.[1];
  return port === undefined ? null : Number(port);
}

/** Keys that a source reads and no settings file has a value for. What a library reads counts where its section is there. */
function readValues(draft: Draft, signals: readonly Signal[], settings: Settings): void {
  const sections = new Set([...settings.keys()].map((key) => key.split(':')[0]));
  for (const { fact, value, file, line, required } of signals) {
    if (fact !== 'setting' || !/^[A-Za-z]\w*(?::\w+)*$/.test(value)) continue;
    const key = value.toLowerCase();
    const isOwn = file.startsWith(`${draft.path}/`) || draft.path === '.';
    if (!isOwn && !sections.has(key.split(':')[0])) continue;
    const known = settings.get(key)?.value;
    const isSecret = /(?:secret|password|key|token)s?$/i.test(value);
    if (known && !isSecret) continue;
    const name = value.replaceAll(':', '__');
    draft.isTold({ name, required: required && !known, file, line });
  }
}

/** Addresses of the developer's machine, which are those of other projects there. */
function readAddresses(
  draft: Draft,
  settings: Settings,
  ports: ReadonlyMap<number, Draft>,
  services: readonly Draft[],
): void {
  for (const { key, value, at } of settings.values()) {
    const name = key.replaceAll(':', '__');
    if (!/^[A-Za-z_]\w{0,200}$/.test(name)) continue;
    const target = ports.get(localPort(value) ?? 0);
    if (target) {
      // What runs elsewhere is not where the developer's is.
      const required = target !== draft || target.evidence.some(({ fact }) => fact === 'exposure');
      draft.isTold({ name, required, address: value, sibling: target.path, ...at });
    }
    const host = /^(?:https?|https\+http):\/\/([a-z][a-z0-9-]*)(?:\/|$)/.exec(value)?.[1];
    if (host && host !== 'localhost') callByName(draft, host, services, at);
  }
}

/** SQLite's files: in a folder of their own they outlive the container, beside the program they cannot. */
function readFiles(draft: Draft, signals: readonly Signal[]): void {
  for (const { fact, value, file, line } of signals) {
    if (fact !== 'sqlite-file' || value.includes('..')) continue;
    const slash = value.lastIndexOf('/');
    if (slash > 0) draft.keepsData(inFolder(draft.path, value.slice(0, slash)), { file, line });
    else {
      draft.unknown(
        'dataFolders',
        `${file}:${line} keeps ${value} beside the program, where a container has no room that lasts: give it a folder of its own.`,
      );
    }
  }
}

/** Blazor keeps what a page shows in the memory of the server that made it. */
function noteCircuits(draft: Draft, signals: readonly Signal[]): void {
  const at = signals.find(({ fact, value }) => fact === 'entry' && value === 'blazor-server');
  if (!at) return;
  draft.unknown(
    'replicas',
    `${at.file}:${at.line} keeps pages in the server's memory: several replicas need an entrance that leads a browser to the same one, and keys of Data Protection that they share.`,
  );
}

/** An address whose host is the name of another project: service discovery asks its settings where that is. */
function callByName(draft: Draft, host: string, services: readonly Draft[], at: Place): void {
  const found = services.filter(
    (one) => one !== draft && one.kind === 'web' && sameName(one, host),
  );
  const [target, another] = found;
  if (!target || another) return;
  draft.isTold({ name: discoveryName(host), required: true, sibling: target.path, ...at });
}

/** The variable by which .NET's service discovery finds a service (`services:NAME:http:0`). */
export function discoveryName(service: string): string {
  return `services__${service}__http__0`;
}

function sameName(draft: Draft, name: string): boolean {
  const simple = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');
  const folder = draft.path.split('/').at(-1) ?? '';
  const last = draft.name.split('.').at(-1) ?? '';
  return [draft.name, folder, last].some((one) => simple(one) === simple(name));
}
