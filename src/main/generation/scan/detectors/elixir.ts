import type { Detector } from '../detector.ts';
import { Draft, type Place } from '../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';
import { readPin, shorten } from '../version-pins.ts';
import { mixAssets } from './elixir/assets.ts';

/** Mix projects: one with an application of its own is released as a service; umbrellas by their apps. */
export const elixirDetector: Detector = {
  id: 'elixir',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of tree.named('mix.exs')) {
      const source = await tree.read(file);
      if (source !== null && !/\bapps_path:/.test(source))
        drafts.push(await draftOf(tree, file, source));
    }
    return drafts;
  },
};

async function draftOf(tree: ProjectTree, file: string, source: string): Promise<Draft> {
  const folder = parentOf(file);
  const app = /\bapp:\s*:(\w+)/.exec(source)?.[1] ?? folder.split('/').at(-1) ?? '';
  const draft = new Draft(app, folder, 'elixir', { file, line: findLine(source, /\bapp:/) });
  const umbrella = tree.nearest(parentOf(parentOf(folder)), ['mix.exs']);
  const inUmbrella = /(?:^|\/)apps\/[^/]+$/.test(folder) && umbrella !== null;
  if (inUmbrella && umbrella) draft.context = parentOf(umbrella);
  for (const [index, line] of source.split('\n').entries()) {
    const name = /^\s*[[{]*\{:(\w+),/.exec(line)?.[1];
    if (name && !/only:\s*\[?\s*:(?:test|dev)/.test(line))
      draft.dependsOn(name, { file, line: index + 1 });
  }
  const place = { file, line: 1 };
  draft
    .set('packageManager', 'mix', place)
    .set('install', 'MIX_ENV=prod mix deps.get --only prod', place);
  const lock = tree.firstIn(draft.context, ['mix.lock']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  await setVersion(draft, tree, file, source);
  const starts = /\bmod:\s*\{/;
  if (!starts.test(source)) return draft;
  const at = { file, line: findLine(source, starts) };
  const assets = await mixAssets(draft, tree, file, source);
  describe(draft, tree, app, source, at, assets);
  if (draft.kind === 'web') await readPort(draft, tree);
  return draft;
}

function describe(
  draft: Draft,
  tree: ProjectTree,
  app: string,
  source: string,
  at: Place,
  assets: readonly { readonly command: string; readonly at: Place }[],
): void {
  const has = (name: string) => draft.dependencies.find((one) => one.name === name);
  const server = has('phoenix') ?? has('bandit') ?? has('plug_cowboy') ?? has('cowboy');
  const release = /\breleases:\s*\[?[^\n]*\n?\s*(\w+):\s*\[/.exec(source)?.[1] ?? app;
  const steps = [...assets.map(({ command }) => command), 'MIX_ENV=prod mix release --overwrite'];
  draft.set('build', steps.join(' && '), assets.at(-1)?.at ?? at);
  const up = draft.context === draft.path ? '' : '../../';
  const output = `${up}_build/prod/rel/${release}`;
  draft.set('output', output, at);
  const overlay = tree.firstIn(draft.path, ['rel/overlays/bin/server']);
  const program = up === '' ? `./${output}` : output;
  const migrate = tree.firstIn(draft.path, ['rel/overlays/bin/migrate']);
  if (migrate) draft.releases(`${program}/bin/migrate`, { file: migrate, line: 1 });
  if (has('phoenix')) {
    draft.set(
      'start',
      overlay ? `${program}/bin/server` : `PHX_SERVER=true ${program}/bin/${release} start`,
      overlay ? { file: overlay, line: 1 } : at,
    );
  } else draft.set('start', `${program}/bin/${release} start`, at);
  if (server) {
    draft
      .set('framework', server.name === 'phoenix' ? 'phoenix' : 'plug', server)
      .is('web', server);
    draft.port(4000, 'framework', server);
    return;
  }
  const listens = tree
    .signals(inFolder(draft.path, 'lib'), 'entry')
    .find(({ value }) => value === 'elixir-listen');
  if (listens) draft.is('web', listens);
  else draft.is('worker', at);
}

async function readPort(draft: Draft, tree: ProjectTree): Promise<void> {
  for (const folder of new Set([draft.path, draft.context])) {
    const file = inFolder(folder, 'config/runtime.exs');
    const source = await tree.read(file);
    if (source === null) continue;
    const pattern = /["']PORT["'][^\n]{0,20}["'](\d{2,5})["']/;
    const port = pattern.exec(source)?.[1];
    if (port) draft.port(Number(port), 'config', { file, line: findLine(source, pattern) });
  }
}

/** The oldest 1.x of Elixir that is still supported; images of older ones need libraries that Debian no longer has. */
const oldest = 15;

async function setVersion(
  draft: Draft,
  tree: ProjectTree,
  file: string,
  source: string,
): Promise<void> {
  const pin = await readPin(tree, draft.path, ['elixir'], ['.elixir-version']);
  const pinned = pin && shorten(pin.version, 2);
  const pattern = /(?:\belixir:|@elixir_requirement)\s*["'][^\d"']*(\d+\.(\d+))/;
  const [, wanted, minor] = pattern.exec(source) ?? [];
  if (pin && pinned) draft.set('runtimeVersion', pinned, pin.at);
  else if (wanted && Number(minor) < oldest) {
    draft.unknown(
      'runtimeVersion',
      `${file} asks for ${wanted} or newer; that release is out of support, so the current one is used.`,
    );
  } else if (wanted) draft.set('runtimeVersion', wanted, { file, line: findLine(source, pattern) });
}
