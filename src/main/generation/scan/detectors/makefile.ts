import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';

const names = ['Makefile', 'makefile', 'GNUmakefile'];
const target =
  /^(?:TARGET|BIN|BINARY|PROG|PROGRAM|NAME|EXE|EXECUTABLE)[ \t]*[:?]?=[ \t]*([\w./-]+)[ \t]*\r?$/m;

/** `all: program`, where a rule of that name makes it. */
const first = /^(?:all|default)[ \t]*:[ \t]*([\w-]+)[ \t]*\r?$(?=[\s\S]{0,20000}^\1[ \t]*:)/m;

/** C and C++ programs that only a Makefile builds; which program it leaves is known where a variable or its first rule names it. */
export const makefileDetector: Detector = {
  id: 'makefile',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of names.flatMap((name) => tree.named(name))) {
      const folder = parentOf(file);
      if (
        tree.nearest(folder, [
          'CMakeLists.txt',
          'meson.build',
          'go.mod',
          'Cargo.toml',
          'package.json',
        ]) !== null
      )
        continue;
      const sources = tree
        .under(folder)
        .filter((path) => [folder, `${folder}/src`, 'src'].includes(parentOf(path)));
      const cpp = sources.some((path) => /\.(?:cpp|cc|cxx)$/.test(path));
      if (!cpp && !sources.some((path) => path.endsWith('.c'))) continue;
      const source = (await tree.read(file)) ?? '';
      const pattern = target.test(source) ? target : first;
      const binary = pattern.exec(source)?.[1];
      const at = { file, line: findLine(source, pattern) };
      const draft = new Draft(
        binary?.split('/').at(-1) ?? folder.split('/').at(-1)?.replace('.', '') ?? '',
        folder,
        cpp ? 'cpp' : 'c',
        at,
      );
      const listens = tree.signals(folder, 'entry').find(({ value }) => value === 'cpp-listen');
      draft.set('packageManager', 'make', at).set('build', 'make', at).is('cli', at);
      if (binary)
        draft.set('output', binary, at).set('start', `./${binary.replace(/^\.\//, '')}`, at);
      else
        draft.unknown(
          'start',
          `${file} does not say in a variable or its first rule which program it makes.`,
        );
      if (listens) draft.is('web', listens);
      drafts.push(draft);
    }
    return drafts;
  },
};
