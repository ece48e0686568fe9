import { expect, test } from 'vitest';
import { onlyService, scanFiles } from './support/scan.ts';

const conf = "project = 'x'\nextensions = []\n";

test('documentation that the own dependencies build is installed with them', async () => {
  const mkdocs = await onlyService({
    'mkdocs.yml': 'site_name: X\nplugins: [redirects]\n',
    'docs/index.md': '# X\n',
    'requirements.txt': 'mkdocs-material\nmkdocs-redirects\n',
  });
  expect(mkdocs).toMatchObject({
    kind: 'static',
    language: 'python',
    framework: 'mkdocs',
    install: 'pip install -r requirements.txt',
    build: 'mkdocs build -d site',
    output: 'site',
  });
  const sphinx = await onlyService({
    'pyproject.toml': '[project]\nname = "site"\ndependencies = ["sphinx>=8"]\n',
    'uv.lock': 'version = 1\n',
    'docs/conf.py': conf,
    '.readthedocs.yaml': 'sphinx:\n  builder: dirhtml\n  configuration: docs/conf.py\n',
  });
  expect(sphinx).toMatchObject({
    kind: 'static',
    install: 'uv sync --frozen --no-dev',
    build: 'uv run sphinx-build -b dirhtml docs docs/_build/html',
    output: 'docs/_build/html',
  });
});

test("a library's published documentation is a site beside it, built from its own list", async () => {
  const library = {
    'pyproject.toml': '[project]\nname = "lumen"\n[build-system]\nrequires = ["flit_core"]\n',
    'docs/source/conf.py': conf,
    'docs/requirements.txt': 'sphinx==8.1\nfuro\n',
  };
  const { services } = await scanFiles({
    ...library,
    '.readthedocs.yaml':
      'python:\n  install:\n    - requirements: docs/requirements.txt\n    - method: pip\n      path: .\nsphinx:\n  configuration: docs/source/conf.py\n',
  });
  expect(services).toMatchObject([
    { name: 'lumen', kind: 'library' },
    {
      name: 'lumen-docs',
      kind: 'static',
      install: 'pip install -r docs/requirements.txt .',
      build: 'sphinx-build -b html docs/source docs/source/_build/html',
      output: 'docs/source/_build/html',
    },
  ]);
  // Nobody is told to publish it, so it is only the library's.
  expect((await scanFiles(library)).services).toMatchObject([{ kind: 'library' }]);
});

test('documentation does not hide the examples of a library', async () => {
  const { services } = await scanFiles({
    'pyproject.toml': '[project]\nname = "x"\n[build-system]\nrequires = ["flit_core"]\n',
    'mkdocs.yml': 'site_name: X\n',
    'examples/hello/requirements.txt': 'flask\n',
    'examples/hello/app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  });
  expect(services.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    '. library',
    '. static',
    'examples/hello web',
  ]);
});

test("Hugo's site may keep its settings in config/_default, and is not its theme", async () => {
  const site = await onlyService({
    'config/_default/hugo.toml': 'theme = "plain"\n',
    'content/_index.md': '# X\n',
    'themes/plain/hugo.toml': '[module]\n',
    'themes/plain/layouts/index.html': '<p>x</p>',
  });
  expect(site).toMatchObject({ path: '.', framework: 'hugo', unknowns: [] });
  const bare = await onlyService({ 'hugo.toml': 'theme = "plain"\n', 'content/a.md': '# X\n' });
  expect(bare.unknowns).toContainEqual({
    fact: 'build',
    reason: expect.stringContaining('theme plain is not in themes'),
  });
});

test('a front end beside published documentation stays a service of its own', async () => {
  const { services } = await scanFiles({
    'package.json':
      '{"name":"front","scripts":{"build":"vite build"},"devDependencies":{"vite":"7"}}',
    'index.html': '<div id="app"></div>',
    'docs/conf.py': conf,
    'docs/requirements.txt': 'sphinx\n',
    '.readthedocs.yaml': 'sphinx:\n  configuration: docs/conf.py\n',
  });
  expect(services.map(({ framework, kind }) => `${framework} ${kind}`).sort()).toEqual([
    'sphinx static',
    'vite static',
  ]);
});
