import type { Detector } from '../../detector.ts';
import { Draft } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, text } from '../../formats/values.ts';
import { type ProjectTree, parentOf, relativeTo } from '../../project-tree.ts';
import { roleOf } from '../../roles.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import { readPin, shorten } from '../../version-pins.ts';
import { type Binary, binariesOf, sourceFolders } from './binaries.ts';
import {
  type Crate,
  type CrateDependency,
  dependenciesOf,
  packageKey,
  readCrates,
} from './crates.ts';
import { demandFeature } from './features.ts';

const webFrameworks = [
  'axum',
  'actix-web',
  'rocket',
  'warp',
  'poem',
  'salvo',
  'tide',
  'ntex',
  'gotham',
  'loco-rs',
  'leptos_axum',
  'tonic',
  'hyper',
] as const;

/** Cargo packages: every binary is a service of its own, built in its workspace. */
export const rustDetector: Detector = {
  id: 'rust',
  detect: async (tree) => {
    const crates = await readCrates(tree);
    const byFolder = new Map(crates.map((crate) => [crate.folder, crate]));
    const known = new Map<Crate, Member>();
    for (const crate of crates) {
      const source = (await tree.read(crate.file)) ?? '';
      known.set(crate, { crate, dependencies: dependenciesOf(crate, source) });
    }
    const drafts: Draft[] = [];
    for (const crate of crates) {
      const binaries = binariesOf(tree, crate);
      const members = withPathDependencies(crate, byFolder, known);
      const dependencies = members.flatMap((member) => member.dependencies);
      if (binaries.length === 0) drafts.push(await draftOf(tree, crate, crate.name, dependencies));
      for (const binary of binaries) {
        const draft = await draftOf(tree, crate, binary.name, dependencies);
        draft.packages = sourceFolders(
          tree,
          members.map((member) => member.crate),
        );
        describe(draft, tree, crate, binary, binaries);
        await demandFeature(draft, tree, crate);
        if (draft.get('framework') === 'rocket') await readRocket(draft, tree, crate);
        drafts.push(draft);
      }
    }
    return drafts;
  },
};

type Member = { readonly crate: Crate; readonly dependencies: readonly CrateDependency[] };

/** A crate and the crates of the project that it is built from. */
function withPathDependencies(
  crate: Crate,
  byFolder: ReadonlyMap<string, Crate>,
  known: ReadonlyMap<Crate, Member>,
): readonly Member[] {
  const seen = new Set([crate]);
  for (const next of seen) {
    for (const { folder } of known.get(next)?.dependencies ?? []) {
      const used = folder === null ? undefined : byFolder.get(folder);
      if (used) seen.add(used);
    }
  }
  return [...seen].flatMap((one) => known.get(one) ?? []);
}

async function draftOf(
  tree: ProjectTree,
  crate: Crate,
  name: string,
  dependencies: readonly CrateDependency[],
): Promise<Draft> {
  const place = { file: crate.file, line: crate.line };
  const draft = new Draft(name, crate.folder, 'rust', place);
  draft.context = crate.workspace;
  draft.set('packageManager', 'cargo', place);
  const lock = tree.firstIn(crate.workspace, ['Cargo.lock']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  draft.set('install', lock ? 'cargo fetch --locked' : 'cargo fetch', place);
  await setVersion(draft, tree, crate);
  for (const { name: dependency, features, at: where } of dependencies) {
    draft.dependsOn(dependency, where);
    for (const feature of features) draft.dependsOn(`${dependency}:${feature}`, where);
    if (dependency === 'openssl' || dependency === 'native-tls')
      draft.systemPackages.add('libssl3');
    if (dependency === 'diesel' && features.includes('postgres'))
      draft.systemPackages.add('libpq5');
  }
  const framework = webFrameworks.find((known) => dependencies.some((one) => one.name === known));
  const seen = dependencies.find((one) => one.name === framework);
  if (framework && seen) draft.set('framework', framework, seen.at);
  return draft;
}

function describe(
  draft: Draft,
  tree: ProjectTree,
  crate: Crate,
  binary: Binary,
  all: readonly Binary[],
): void {
  const main = tree
    .signalsIn(parentOf(binary.file))
    .find((signal) => signal.file === binary.file && signal.value === 'rust-main');
  const place = { file: binary.file, line: main?.line ?? 1 };
  const output = relativeTo(crate.folder, `${crate.workspace}/target/release/${binary.name}`);
  const locked = draft.get('lockfile') ? ' --locked' : '';
  const choice = all.length > 1 ? ` --bin ${shellWord(binary.name)}` : '';
  draft.set('build', `cargo build --release${locked}${choice}`, place);
  draft.set('output', output, place);
  draft.set('start', shellWord(output.startsWith('..') ? output : `./${output}`), place);
  const listens = (draft.packages ?? [])
    .flatMap((folder) => tree.signalsIn(folder))
    .filter((signal) => signal.value === 'rust-listen');
  const others = new Set(all.filter((one) => one !== binary).map((one) => one.file));
  const own = listens.find((signal) => !others.has(signal.file));
  const role = roleOf(draft.path, binary.name, '.');
  const desktop = tree.firstIn(crate.folder, ['tauri.conf.json', 'Tauri.toml']);
  if (desktop) {
    draft
      .is('cli', { file: desktop, line: 1 })
      .unknown('kind', `${desktop} makes it a desktop app, which runs in no container.`);
  } else if (role === 'tool') draft.is('cli', place);
  else if (role) draft.is(role, place);
  else if (own) draft.is('web', own);
  else draft.is('cli', place).unknown('kind', 'It opens no port that could be seen.');
}

/** Rocket listens on 8000 unless Rocket.toml says another port for every profile or for the release. */
async function readRocket(draft: Draft, tree: ProjectTree, crate: Crate): Promise<void> {
  const file = tree.firstIn(crate.folder, ['Rocket.toml']);
  const content = file === null ? null : await readToml(tree, file);
  const kind = draft.evidence.find(({ fact }) => fact === 'framework') ?? {
    file: crate.file,
    line: 1,
  };
  draft.port(8000, 'framework', kind);
  for (const profile of ['release', 'global', 'default']) {
    const port = Number(text(at(content, profile, 'port')) ?? 0);
    if (file === null || port === 0) continue;
    const line = findLine((await tree.read(file)) ?? '', `${port}`);
    draft.port(port, 'config', { file, line });
    return;
  }
}

async function setVersion(draft: Draft, tree: ProjectTree, crate: Crate): Promise<void> {
  const pin = tree.nearest(crate.folder, ['rust-toolchain.toml', 'rust-toolchain']);
  if (pin !== null) {
    const source = (await tree.read(pin)) ?? '';
    const channel = source.includes('[toolchain]')
      ? text(at(await readToml(tree, pin), 'toolchain', 'channel'))
      : source.trim();
    const version = /^\d+\.\d+/.exec(channel ?? '')?.[0];
    const place = { file: pin, line: findLine(source, 'channel') };
    if (version) {
      draft.set('runtimeVersion', version, place);
      return;
    }
    if (channel?.startsWith('nightly')) {
      draft.unknown('runtimeVersion', `${pin} asks for ${channel}, which has no stable image.`);
    }
  }
  const managed = await readPin(tree, crate.folder, ['rust']);
  const managedVersion = managed && shorten(managed.version, 2);
  if (managed && managedVersion) {
    draft.set('runtimeVersion', managedVersion, managed.at);
    return;
  }
  const minimum = shorten(text(packageKey(crate, 'rust-version')) ?? '', 2);
  if (minimum === null) return;
  const source = (await tree.read(crate.file)) ?? '';
  const line = findLine(source, 'rust-version');
  draft.set('runtimeVersion', minimum, { file: crate.file, line });
}
