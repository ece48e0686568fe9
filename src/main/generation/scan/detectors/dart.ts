import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { firstLines } from '../formats/lines.ts';
import { readYaml } from '../formats/parse.ts';
import { at, table, text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';
import { shorten } from '../version-pins.ts';

/** Dart packages: servers (shelf, Dart Frog, Serverpod), command-line programs, Flutter for the web. */
export const dartDetector: Detector = {
  id: 'dart',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of tree.named('pubspec.yaml')) {
      const [manifest] = await readYaml(tree, file);
      const source = (await tree.read(file)) ?? '';
      const name = text(at(manifest, 'name'));
      if (name === null) continue;
      const draft = new Draft(name, parentOf(file), 'dart', {
        file,
        line: findLine(source, /^name:/m),
      });
      const version = shorten(text(at(manifest, 'environment', 'sdk')) ?? '', 2);
      if (version)
        draft.set('runtimeVersion', version, { file, line: findLine(source, /^\s+sdk:/m) });
      const used = Object.keys(table(at(manifest, 'dependencies')));
      const lines = firstLines(source, /^[ \t]+([\w-]+):/gm);
      for (const one of used) draft.dependsOn(one, { file, line: lines.get(one) ?? 1 });
      const lock = tree.firstIn(draft.path, ['pubspec.lock']);
      if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
      describe(draft, tree, new Set(used), file, source);
      drafts.push(draft);
    }
    return drafts;
  },
};

function describe(
  draft: Draft,
  tree: ProjectTree,
  used: ReadonlySet<string>,
  file: string,
  source: string,
): void {
  const of = (name: string) => ({ file, line: findLine(source, `  ${name}:`) });
  const flutter = used.has('flutter');
  draft.set('packageManager', 'pub', { file, line: 1 });
  draft.set('install', `${flutter ? 'flutter' : 'dart'} pub get`, { file, line: 1 });
  if (flutter) {
    const page = tree.firstIn(draft.path, ['web/index.html']);
    if (page === null) return;
    draft
      .set('framework', 'flutter', of('flutter'))
      .set('build', 'flutter build web --release', of('flutter'));
    draft.set('output', 'build/web', { file: page, line: 1 }).is('static', { file: page, line: 1 });
    return;
  }
  if (used.has('dart_frog')) {
    draft
      .set('framework', 'dart_frog', of('dart_frog'))
      .is('web', of('dart_frog'))
      .port(8080, 'framework', of('dart_frog'));
    draft.set(
      'build',
      'dart pub global activate dart_frog_cli && dart pub global run dart_frog_cli:dart_frog build',
      of('dart_frog'),
    );
    draft
      .set('output', 'build', of('dart_frog'))
      .set('start', 'dart build/bin/server.dart', of('dart_frog'));
    return;
  }
  const main = tree.firstIn(draft.path, [
    'bin/server.dart',
    'bin/main.dart',
    `bin/${draft.name}.dart`,
  ]);
  if (main === null) return;
  const place = { file: main, line: 1 };
  const script = main.slice(draft.path === '.' ? 0 : draft.path.length + 1);
  const binary = script.replace(/\.dart$/, '');
  draft
    .set('build', `dart compile exe ${shellWord(script)} -o ${shellWord(binary)}`, place)
    .set('output', binary, place);
  draft.set('start', shellWord(`./${binary}`), place);
  const framework = ['serverpod', 'shelf', 'alfred', 'angel3_framework'].find((name) =>
    used.has(name),
  );
  if (framework)
    draft
      .set('framework', framework, of(framework))
      .is('web', of(framework))
      .port(8080, 'framework', of(framework));
  else draft.is('cli', place);
  if (framework === 'serverpod' && tree.has(inFolder(draft.path, 'config/production.yaml'))) {
    draft.unknown('ports', 'Serverpod takes its ports from config/*.yaml of the run mode.');
  }
}
