import type { Detector } from '../detector.ts';
import { Draft, type Place } from '../draft.ts';
import { firstLines } from '../formats/lines.ts';
import { readYaml } from '../formats/parse.ts';
import { at, list, table, text, texts } from '../formats/values.ts';
import { type ProjectTree, parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';

const frameworks = [
  'yesod',
  'servant-server',
  'scotty',
  'ihp',
  'spock',
  'snap-server',
  'warp',
] as const;

/** Haskell packages (hpack's package.yaml, else *.cabal), built by Stack or Cabal; each executable is a program. */
export const haskellDetector: Detector = {
  id: 'haskell',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    const hpack = new Set(tree.named('package.yaml').map(parentOf));
    for (const file of tree.named('package.yaml')) {
      const [manifest] = await readYaml(tree, file);
      const source = (await tree.read(file)) ?? '';
      const used = [manifest, ...Object.values(table(at(manifest, 'executables')))].flatMap((one) =>
        texts(list(at(one, 'dependencies'))),
      );
      const names = Object.keys(table(at(manifest, 'executables')));
      const name = text(at(manifest, 'name')) ?? '';
      drafts.push(...(await draftsOf(tree, file, source, name, names, used)));
    }
    for (const file of tree.withExtension('.cabal')) {
      const source = await tree.read(file);
      if (source === null || hpack.has(parentOf(file))) continue;
      const names = [...source.matchAll(/^executable\s+([\w'-]+)/gim)].map(([, name = '']) => name);
      const used = [...source.matchAll(/(?:^|,|build-depends:)[ \t]*([a-z][\w-]*)\b/gim)].map(
        ([, one = '']) => one,
      );
      const name = /^name:\s*(\S+)/im.exec(source)?.[1] ?? '';
      drafts.push(...(await draftsOf(tree, file, source, name, names, used)));
    }
    return drafts;
  },
};

async function draftsOf(
  tree: ProjectTree,
  file: string,
  source: string,
  name: string,
  names: readonly string[],
  used: readonly string[],
): Promise<readonly Draft[]> {
  const folder = parentOf(file);
  const stack = tree.nearest(folder, ['stack.yaml']);
  const base = new Draft(name, folder, 'haskell', { file, line: findLine(source, /^name:/im) });
  base.context = parentOf(stack ?? tree.nearest(folder, ['cabal.project']) ?? file);
  const place: Place = { file: stack ?? file, line: 1 };
  base.set('packageManager', stack ? 'stack' : 'cabal', place);
  base.set(
    'install',
    stack
      ? 'stack build --only-dependencies'
      : 'cabal update && cabal build --only-dependencies all',
    place,
  );
  const lines = firstLines(source, /(?:^|[\s,-])([a-z][\w-]*)/gm);
  for (const one of new Set(used.map((item) => item.split(/[\s<>=^]/)[0] ?? ''))) {
    base.dependsOn(one, { file, line: lines.get(one) ?? 1 });
  }
  const lock = tree.firstIn(base.context, ['stack.yaml.lock', 'cabal.project.freeze']);
  if (lock) base.set('lockfile', lock, { file: lock, line: 1 });
  await setVersion(base, tree, file, source);
  if (names.length === 0) return [base];
  return names
    .slice(0, 50)
    .map((binary) => describe(names.length === 1 ? base : base.fork(binary), binary, file, source));
}

function describe(draft: Draft, binary: string, file: string, source: string): Draft {
  const place = { file, line: findLine(source, binary) };
  const stack = draft.get('packageManager') === 'stack';
  draft.set(
    'build',
    stack
      ? 'stack install --local-bin-path bin'
      : `cabal install ${shellWord(`exe:${binary}`)} --installdir=bin --install-method=copy --overwrite-policy=always`,
    place,
  );
  draft.set('output', `bin/${binary}`, place).set('start', shellWord(`./bin/${binary}`), place);
  draft.systemPackages.add('libgmp10');
  const framework = frameworks.find((name) => draft.dependencies.some((one) => one.name === name));
  const seen = draft.dependencies.find((one) => one.name === framework);
  if (framework && seen) {
    draft.set('framework', framework.replace('-server', ''), seen).is('web', seen);
    if (framework === 'yesod') draft.port(3000, 'framework', seen);
  } else draft.is('cli', place);
  return draft;
}

async function setVersion(
  draft: Draft,
  tree: ProjectTree,
  file: string,
  source: string,
): Promise<void> {
  const project = tree.nearest(draft.path, ['cabal.project', 'stack.yaml']);
  const text = (project && (await tree.read(project))) ?? '';
  const pinned = /(?:with-compiler:\s*ghc-|^compiler:\s*ghc-)(\d+\.\d+)/m;
  const tested = /^tested-with:[^\n]*GHC\s*==\s*(\d+\.\d+)/im;
  const version = pinned.exec(text)?.[1];
  const known = tested.exec(source)?.[1];
  if (version && project)
    draft.set('runtimeVersion', version, { file: project, line: findLine(text, pinned) });
  else if (known) draft.set('runtimeVersion', known, { file, line: findLine(source, tested) });
}
