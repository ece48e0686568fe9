import { inFolder, type ProjectTree } from '../project-tree.ts';
import { fileBelow, lineOf, type TestCommand, type TestFinder } from './test-finder.ts';

const managers = new Set(['poetry', 'uv', 'pdm', 'pipenv', 'hatch']);
/** Files that name what only developers need, by custom. */
const forTests = [
  'requirements-test.txt',
  'requirements-tests.txt',
  'requirements_test.txt',
  'test-requirements.txt',
  'requirements/test.txt',
  'requirements/tests.txt',
  'requirements-dev.txt',
  'requirements_dev.txt',
  'dev-requirements.txt',
  'requirements/dev.txt',
  'requirements/development.txt',
  'requirements/local.txt',
];
const configs: readonly (readonly [file: string, says: RegExp])[] = [
  ['pytest.ini', /^\[pytest\]/m],
  ['pyproject.toml', /^\[tool\.pytest|^\s*["']?pytest\b/m],
  ['setup.cfg', /^\[tool:pytest\]/m],
  ['tox.ini', /^\[pytest\]|^\s*pytest\b/m],
  ['Pipfile', /^pytest\b/m],
  ['requirements.txt', /^pytest\b/im],
];

/** pytest where anything names it, Django's runner beside `manage.py`, else unittest where there are test files. */
export const pythonTests: TestFinder = async (draft, tree) => {
  const manager = draft.get('packageManager') ?? '';
  const run = managers.has(manager) ? `${manager} run ` : '';
  const dev = tree.firstIn(draft.path, forTests);
  const inPath = (path: string): string =>
    draft.path === '.' ? path : path.slice(draft.path.length + 1);
  const install = run === '' && dev !== null ? `pip install -r ${inPath(dev)} && ` : '';
  const found = await runner(draft.path, tree, dev);
  if (found) {
    // Where no file installs it, the test job has to.
    const tool = install === '' && run === '' && !found.installed ? 'pip install pytest && ' : '';
    return { command: `${install}${tool}${run}pytest`, at: found.at };
  }
  const tests = fileBelow(draft, tree, /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|tests)\.py$/);
  if (tests === null) return null;
  const manage = tree.firstIn(draft.path, ['manage.py']);
  if (manage !== null) {
    const command = `${install}${run}python manage.py test`;
    return { command, at: { file: manage, line: 1 } };
  }
  const conftest = fileBelow(draft, tree, /(?:^|\/)conftest\.py$/);
  if (conftest !== null) {
    const tool = run === '' ? 'pip install pytest && ' : '';
    return { command: `${install}${tool}${run}pytest`, at: conftest };
  }
  return { command: `${install}${run}python -m unittest discover`, at: tests };
};

async function runner(
  folder: string,
  tree: ProjectTree,
  dev: string | null,
): Promise<(Pick<TestCommand, 'at'> & { readonly installed: boolean }) | null> {
  const named: (readonly [string, RegExp])[] = configs.map(([file, says]) => [
    inFolder(folder, file),
    says,
  ]);
  if (dev !== null) named.push([dev, /^pytest\b/im]);
  for (const [file, says] of named) {
    const text = tree.has(file) ? ((await tree.read(file)) ?? '') : '';
    if (!says.test(text)) continue;
    const installed = /requirements|Pipfile$/.test(file);
    return { at: { file, line: lineOf(text, says) }, installed };
  }
  return null;
}
