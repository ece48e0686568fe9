import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';

/** Swift packages: every executable target is a program; one with Vapor or Hummingbird is a web service. */
export const swiftDetector: Detector = {
  id: 'swift',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of tree.named('Package.swift')) {
      const source = await tree.read(file);
      if (source === null) continue;
      const folder = parentOf(file);
      const names = [...source.matchAll(/\.executableTarget\(\s*name:\s*"([^"\n]+)"/g)].map(
        ([, name = '']) => name,
      );
      const declared = /\bPackage\(\s*name:\s*"([^"\n]+)"/.exec(source)?.[1] ?? '';
      for (const name of names.length > 0 ? names.slice(0, 50) : [declared]) {
        const draft = draftOf(file, folder, source, names.length > 1 ? name : declared || name);
        const lock = tree.firstIn(folder, ['Package.resolved']);
        if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
        if (names.length > 0) describe(draft, file, source, name);
        drafts.push(draft);
      }
    }
    return drafts;
  },
};

function draftOf(file: string, folder: string, source: string, name: string): Draft {
  const at = { file, line: findLine(source, /\bPackage\(/) };
  const draft = new Draft(name, folder, 'swift', at);
  const tools = /^\/\/\s*swift-tools-version\s*:\s*(\d+\.\d+)/m.exec(source)?.[1];
  if (tools)
    draft.set('runtimeVersion', tools, { file, line: findLine(source, 'swift-tools-version') });
  draft.set('packageManager', 'swiftpm', at).set('install', 'swift package resolve', at);
  for (const [index, line] of source.split('\n').entries()) {
    const url = /\.package\([^\n]*url:\s*"[^"\n]*\/([\w.-]+?)(?:\.git)?"/.exec(line)?.[1];
    if (url) draft.dependsOn(url.toLowerCase(), { file, line: index + 1 });
  }
  return draft;
}

function describe(draft: Draft, file: string, source: string, target: string): void {
  const at = { file, line: findLine(source, '.executableTarget(') };
  const output = `.build/release/${target}`;
  draft.set('build', `swift build -c release --product ${shellWord(target)}`, at);
  draft.set('output', output, at).set('start', shellWord(`./${output}`), at);
  const vapor = draft.dependencies.find(({ name }) => name === 'vapor');
  const hummingbird = draft.dependencies.find(({ name }) => name === 'hummingbird');
  if (vapor) {
    draft.set('framework', 'vapor', vapor).is('web', vapor);
    draft.set(
      'start',
      `${shellWord(`./${output}`)} serve --env production --hostname 0.0.0.0 --port 8080`,
      vapor,
    );
    draft.port(8080, 'command', vapor);
  } else if (hummingbird) {
    draft
      .set('framework', 'hummingbird', hummingbird)
      .is('web', hummingbird)
      .port(8080, 'framework', hummingbird);
  } else draft.is('cli', at);
}
