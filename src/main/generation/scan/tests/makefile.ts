import { lineOf, type TestFinder } from './test-finder.ts';

const target = /^test:(?!=)/m;

/** `make test`, where a Makefile in the service's folder has that target. */
export const makefileTests: TestFinder = async (draft, tree) => {
  const file = tree.firstIn(draft.path, ['Makefile', 'makefile', 'GNUmakefile']);
  const text = file === null ? '' : ((await tree.read(file)) ?? '');
  if (file === null || !target.test(text)) return null;
  return { command: 'make test', at: { file, line: lineOf(text, target) } };
};
