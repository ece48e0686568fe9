import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reducePythonRange } from '#main/generation/scan/detectors/python/version-range.ts';
import { facts, onlyService, scanFiles } from './support/scan.ts';

const project = (more: string) => `[project]\nname = "shop"\nversion = "1"\n${more}`;
const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
const flask = 'from flask import Flask\n\napp = Flask(__name__)\n';

describe('reducePythonRange', () => {
  it.each([
    ['3.12', '3.12'],
    ['3.12.1', '3.12'],
    ['python-3.11.4', '3.11'],
    ['cpython-3.13', '3.13'],
    ['==3.12.*', '3.12'],
    ['>=3.10', '3.10'],
    ['>=3.10,<4', '3.10'],
    ['>=3.10,<4.0', '3.10'],
    ['^3.11', '3.11'],
    ['~3.11', '3.11'],
    ['~=3.11', '3.11'],
    ['>=3.10,<3.13', '3.12'],
    ['>=3.9, !=3.9.1, <3.14', '3.13'],
    ['>3.10', '3.11'],
    ['<=3.12', '3.12'],
    ['>=3.6', '3.11'],
    ['>=2.7', '3.11'],
    ['2.7', '2.7'],
    ['3', '3'],
    ['pypy3.10', null],
    ['*', null],
    ['', null],
  ])('%s → %s', (range, version) => {
    expect(reducePythonRange(range)).toBe(version);
  });

  it('never throws and only gives versions', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (range) => {
        expect(reducePythonRange(range) ?? '3').toMatch(/^\d(?:\.\d{1,2})?$/);
      }),
    );
  });
});

describe('Python services', () => {
  it('reads a FastAPI service whole, with the place of every fact', async () => {
    const service = await onlyService({
      'requirements.txt': 'fastapi==0.120\nuvicorn[standard]\npsycopg2==2.9\n',
      '.python-version': '3.12.4\n',
      'app/__init__.py': '',
      'app/main.py': `${fastapi}import os\nKEY = os.environ["SECRET_KEY"]\n@app.get("/health")\ndef h(): ...\n`,
      'app/config.py':
        'class Settings(BaseSettings):\n    db_url: str\n    debug: bool = False\n    model_config = SettingsConfigDict(env_prefix="SHOP_")\n',
    });
    expect(facts(service)).toEqual({
      name: expect.stringMatching(/^omega-scan-/),
      path: '.',
      context: '.',
      language: 'python',
      runtimeVersion: '3.12',
      framework: 'fastapi',
      packageManager: 'pip',
      kind: 'web',
      install: 'pip install -r requirements.txt',
      build: null,
      start: 'uvicorn app.main:app --host 0.0.0.0 --port 8000',
      ports: [8000],
      backingServices: ['postgres'],
      env: [
        { name: 'SECRET_KEY', required: true, file: 'app/main.py', line: 5 },
        { name: 'SHOP_DB_URL', required: true, file: 'app/config.py', line: 2 },
        { name: 'SHOP_DEBUG', required: false, file: 'app/config.py', line: 3 },
      ],
      lockfile: null,
      output: null,
      healthPath: '/health',
      systemPackages: ['libpq5'],
    });
    expect(service.evidence).toContainEqual({
      fact: 'start',
      value: service.start,
      file: 'app/main.py',
      line: 3,
    });
    expect(service.evidence).toContainEqual({
      fact: 'runtimeVersion',
      value: '3.12',
      file: '.python-version',
      line: 1,
    });
    expect(service.unknowns).toEqual([]);
  });

  it.each([
    ['pip', { 'requirements.txt': 'flask\ngunicorn' }, 'pip install -r requirements.txt', ''],
    [
      'poetry',
      {
        'pyproject.toml':
          '[tool.poetry]\nname="a"\n[tool.poetry.dependencies]\npython="^3.11"\nflask="*"\ngunicorn="*"',
        'poetry.lock': '',
      },
      'poetry install --only main --no-root',
      'poetry run ',
    ],
    [
      'pdm',
      { 'pyproject.toml': project('dependencies=["flask","gunicorn"]'), 'pdm.lock': '' },
      'pdm sync --prod',
      'pdm run ',
    ],
    [
      'uv',
      { 'pyproject.toml': project('dependencies=["flask","gunicorn"]'), 'uv.lock': '' },
      'uv sync --frozen --no-dev',
      'uv run ',
    ],
    [
      'pipenv',
      { Pipfile: '[packages]\nflask="*"\ngunicorn="*"', 'Pipfile.lock': '{}' },
      'pipenv install --deploy',
      'pipenv run ',
    ],
    [
      'pip',
      {
        'setup.py':
          'from setuptools import setup\nsetup(name="a", install_requires=["flask>=3", "gunicorn"])',
      },
      'pip install .',
      '',
    ],
    [
      'pip',
      {
        'setup.cfg':
          '[metadata]\nname = a\n[options]\ninstall_requires =\n    flask>=3\n    gunicorn\n',
      },
      'pip install .',
      '',
    ],
    [
      'pip',
      { 'requirements/base.txt': 'flask', 'requirements/production.txt': '-r base.txt\ngunicorn' },
      'pip install -r requirements/production.txt',
      '',
    ],
  ])('installs and starts by %s', async (packageManager, files, install, run) => {
    const service = await onlyService({
      ...(files as unknown as Record<string, string>),
      'app.py': flask,
    });
    expect(service).toMatchObject({
      packageManager,
      install,
      kind: 'web',
      framework: 'flask',
      start: `${run}gunicorn app:app --bind 0.0.0.0:5000`,
    });
  });

  it.each([
    [
      'a package',
      { 'shop/__init__.py': '', 'shop/web/__init__.py': '', 'shop/web/app.py': flask },
      'gunicorn shop.web.app:app --bind 0.0.0.0:5000',
    ],
    [
      'a src layout',
      { 'src/shop/__init__.py': flask },
      'gunicorn shop:app --chdir src --bind 0.0.0.0:5000',
    ],
    [
      'a plain folder whose files import each other',
      { 'code/app.py': `import db\n${flask}`, 'code/db.py': '' },
      'gunicorn app:app --chdir code --bind 0.0.0.0:5000',
    ],
    [
      'a factory',
      {
        'shop/__init__.py':
          'from flask import Flask\n\ndef create_app():\n    app = Flask(__name__)\n    return app\n',
      },
      'gunicorn "shop:create_app()" --bind 0.0.0.0:5000',
    ],
    [
      'a wsgi file beside a factory',
      {
        'shop/__init__.py': 'def create_app():\n    return Flask(__name__)\n',
        'wsgi.py': 'from shop import create_app\n\napp = create_app()\n',
      },
      'gunicorn wsgi:app --bind 0.0.0.0:5000',
    ],
    [
      'a port in the code',
      { 'main.py': `${flask}app.run(host="0.0.0.0", port=7001)\n` },
      'gunicorn main:app --bind 0.0.0.0:7001',
    ],
  ])('finds the application object in %s', async (_what, files, start) => {
    const service = await onlyService({
      'requirements.txt': 'flask\ngunicorn',
      ...(files as unknown as Record<string, string>),
    });
    expect(service.start).toBe(start);
  });

  it('starts with what the project has, and says where that is no server for production', async () => {
    const bare = await onlyService({
      'requirements.txt': 'flask',
      'app.py': `${flask}if __name__ == "__main__":\n    app.run(debug=True)\n`,
    });
    expect(bare.start).toBe('flask --app app run --host 0.0.0.0 --port 5000');
    expect(bare.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('gunicorn'),
    });
    const reachable = await onlyService({
      'requirements.txt': 'flask',
      'app.py': `${flask}if __name__ == "__main__":\n    app.run(host="0.0.0.0", port=8088)\n`,
    });
    expect(reachable).toMatchObject({ start: 'python app.py', ports: [8088] });
    const none = await onlyService({ 'requirements.txt': 'fastapi', 'main.py': fastapi });
    expect(none.start).toBeNull();
    expect(none.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('uvicorn'),
    });
    const standard = await onlyService({
      'requirements.txt': 'fastapi[standard]',
      'main.py': fastapi,
    });
    expect(standard.start).toBe('uvicorn main:app --host 0.0.0.0 --port 8000');
  });

  it('knows Django, its database and its worker', async () => {
    const { services } = await scanFiles({
      'requirements.txt': 'Django==5.2\ngunicorn\ncelery\nredis\n',
      'manage.py': 'if __name__ == "__main__":\n    main()\n',
      'shop/__init__.py': '',
      'shop/wsgi.py': 'application = get_wsgi_application()\n',
      'shop/celery.py': "app = Celery('shop')\n",
      'shop/settings.py':
        "WSGI_APPLICATION = 'shop.wsgi.application'\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}\nSECRET_KEY = env('SECRET_KEY')\nDEBUG = env.bool('DEBUG', default=False)\n",
    });
    expect(
      services.map(({ kind, framework, start, ports }) => ({ kind, framework, start, ports })),
    ).toEqual([
      {
        kind: 'web',
        framework: 'django',
        start: 'gunicorn shop.wsgi:application --bind 0.0.0.0:8000',
        ports: [8000],
      },
      {
        kind: 'worker',
        framework: 'django',
        start: 'celery -A shop worker --loglevel=info',
        ports: [],
      },
    ]);
    expect(services[0]?.backingServices).toEqual(['redis', 'postgres']);
    expect(services[0]?.env.map(({ name, required }) => [name, required])).toEqual([
      ['DEBUG', false],
      ['SECRET_KEY', true],
    ]);
    const bare = await onlyService({
      'requirements.txt': 'django',
      'site/manage.py': '',
      'site/app/wsgi.py': 'application = get_wsgi_application()\n',
    });
    expect(bare.start).toBe('python site/manage.py runserver 0.0.0.0:8000');
    expect(bare.unknowns).toContainEqual({
      fact: 'start',
      reason: expect.stringContaining('gunicorn'),
    });
  });

  it.each([
    [
      'streamlit',
      { 'streamlit_app.py': 'import streamlit as st' },
      'streamlit run streamlit_app.py --server.port 8501 --server.address 0.0.0.0',
      8501,
    ],
    [
      'streamlit',
      { 'app.py': 'import streamlit', '.streamlit/config.toml': '[server]\nport = 9000' },
      'streamlit run app.py --server.port 9000 --server.address 0.0.0.0',
      9000,
    ],
    ['gradio', { 'app.py': 'import gradio as gr\ndemo.launch()' }, 'python app.py', 7860],
    [
      'dash',
      {
        'app.py': 'app = Dash(__name__)\nserver = app.server',
        'requirements.txt': 'dash\ngunicorn',
      },
      'gunicorn app:server --bind 0.0.0.0:8050',
      8050,
    ],
    [
      'sanic',
      { 'server.py': 'app = Sanic("a")' },
      'sanic server:app --host 0.0.0.0 --port 8000',
      8000,
    ],
    [
      'litestar',
      { 'app.py': 'app = Litestar([])', 'requirements.txt': 'litestar\nuvicorn' },
      'uvicorn app:app --host 0.0.0.0 --port 8000',
      8000,
    ],
    [
      'aiohttp',
      { 'main.py': 'if __name__ == "__main__":\n    web.run_app(app)' },
      'python main.py',
      8080,
    ],
    [
      'tornado',
      { 'main.py': 'if __name__ == "__main__":\n    app.listen(8888)' },
      'python main.py',
      8888,
    ],
  ])('knows %s in %j', async (framework, files, start, port) => {
    const service = await onlyService({
      'requirements.txt': framework,
      ...(files as unknown as Record<string, string>),
    });
    expect(service).toMatchObject({ framework, kind: 'web', start, ports: [port] });
  });

  it('tells workers, jobs, commands and libraries apart', async () => {
    const worker = await onlyService({
      'requirements.txt': 'celery[redis]',
      'tasks.py': 'app = Celery("a")',
    });
    expect(worker).toMatchObject({
      kind: 'worker',
      start: 'celery -A tasks worker --loglevel=info',
      backingServices: ['redis'],
    });
    const job = await onlyService({
      'requirements.txt': 'requests',
      'main.py': 'if __name__ == "__main__":\n    run()',
    });
    expect(job).toMatchObject({ kind: 'job', start: 'python main.py' });
    const cli = await onlyService({
      'pyproject.toml': project(
        '[project.scripts]\nshop = "shop:main"\n[build-system]\nrequires=[]',
      ),
    });
    expect(cli).toMatchObject({ kind: 'cli', start: 'shop' });
    const library = await onlyService({ 'pyproject.toml': project('[build-system]\nrequires=[]') });
    expect(library).toMatchObject({ kind: 'library', start: null });
  });

  it('finds an application that no manifest describes, and says what is missing', async () => {
    const service = await onlyService({ 'web/app.py': flask });
    expect(service).toMatchObject({
      path: 'web',
      kind: 'web',
      framework: 'flask',
      install: null,
      start: 'flask --app app run --host 0.0.0.0 --port 5000',
    });
    expect(service.unknowns).toContainEqual({
      fact: 'install',
      reason: expect.stringContaining('requirements.txt'),
    });
  });

  it('does not take an example in a package, or a framework it only supports, for its application', async () => {
    const files = {
      'pyproject.toml': project(
        'dependencies=["requests"]\n[project.scripts]\nshop="shop:main"\n[build-system]\nrequires=[]',
      ),
    };
    expect(await onlyService({ ...files, 'examples/app.py': flask })).toMatchObject({
      kind: 'cli',
      framework: null,
    });
    expect(await onlyService({ ...files, 'shop/flask.py': flask })).toMatchObject({
      kind: 'cli',
      framework: null,
    });
  });

  it('does not take the manage.py of another framework for Django', async () => {
    const service = await onlyService({
      'requirements.txt': 'flask\ngunicorn',
      'manage.py': 'cli()',
      'wsgi.py': flask,
    });
    expect(service).toMatchObject({
      framework: 'flask',
      start: 'gunicorn wsgi:app --bind 0.0.0.0:5000',
    });
  });

  it('asks for the extra that holds the server', async () => {
    const service = await onlyService({
      'pyproject.toml': project(
        'dependencies=["fastapi"]\n[project.optional-dependencies]\ndev=["pytest"]\nserve=["uvicorn"]',
      ),
      'uv.lock': '',
      'main.py': fastapi,
    });
    expect(service).toMatchObject({
      install: 'uv sync --frozen --no-dev --extra serve',
      start: 'uv run uvicorn main:app --host 0.0.0.0 --port 8000',
    });
  });

  it('installs members of a uv workspace from its root', async () => {
    const { services } = await scanFiles({
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["services/*"]',
      'uv.lock': '',
      'services/api/pyproject.toml': project(
        'dependencies=["fastapi","uvicorn"]\nrequires-python=">=3.11,<3.14"',
      ),
      'services/api/main.py': fastapi,
    });
    expect(services).toHaveLength(1);
    expect(services[0]).toMatchObject({
      path: 'services/api',
      context: '.',
      install: 'uv sync --frozen --no-dev --package shop',
      lockfile: 'uv.lock',
      runtimeVersion: '3.13',
      start: 'uv run uvicorn main:app --host 0.0.0.0 --port 8000',
    });
  });

  it('reads variables in every way that sources ask for them', async () => {
    const { env } = await onlyService({
      'requirements.txt': 'flask',
      'app.py': [
        flask,
        'a = os.environ["A1"]; b = os.environ.get("B1"); c = os.getenv("C1", "x"); d = os.getenv("D1") or "y"',
        'e = config("E1", default="1"); f = config("F1", cast=bool)',
        'if "G1" in os.environ: pass',
        'os.environ["SET_HERE"] = "1"',
        'h = env.str("H1"); i = env("I1", default=None); j = os.environ.get("J1", None)',
      ].join('\n'),
    });
    expect(Object.fromEntries(env.map(({ name, required }) => [name, required]))).toEqual({
      A1: true,
      B1: false,
      C1: false,
      D1: false,
      E1: false,
      F1: true,
      G1: false,
      H1: true,
      I1: false,
      J1: false,
    });
  });
});

it('imports an application that is its package from the folder above', async () => {
  const service = await onlyService({
    'web/src/__init__.py': 'from flask import Flask\napp = Flask(__name__)\n',
  });
  expect(service).toMatchObject({
    path: 'web',
    start: 'flask --app src run --host 0.0.0.0 --port 5000',
  });
});

describe('the port of an application object', () => {
  // Catches: an author's EXPOSE that is "mended" to a framework's default, and probes of a port nobody opens.
  it('is the one that the author’s image exposes, where the source says none', async () => {
    const files = { 'requirements.txt': 'flask\nuwsgi\n', 'app.py': flask };
    expect(facts(await onlyService(files)).ports).toEqual([5000]);
    const exposed = await onlyService({ ...files, Dockerfile: 'FROM python:3.12\nEXPOSE 8080\n' });
    expect(exposed.ports).toEqual([8080]);
    expect(exposed.start).toContain('8080');
    expect(exposed.evidence.filter(({ fact }) => fact === 'ports')).toEqual([
      { fact: 'ports', value: '8080', file: 'Dockerfile', line: 2 },
    ]);
  });
});
