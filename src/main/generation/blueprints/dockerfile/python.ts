import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
import { pythonCheck } from './health.ts';
import {
  comment,
  copy,
  env,
  expose,
  from,
  healthcheck,
  run,
  user,
  workdir,
} from './instructions.ts';
import { join, type Layout } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { assetInstalls, nodeAtHand, withoutModules } from './node-at-hand.ts';
import { pythonPackages } from './python-packages.ts';
import { appUid, readsEnv, type Stack, servedPort, usesFramework } from './stack.ts';
import { startCommand } from './start.ts';
import { type ImageVersion, imageVersion } from './version.ts';

function finalEnv(
  service: Service,
  home: string,
  port: number | null,
): Record<string, string | number> {
  const start = service.start ?? '';
  // These managers install what a project depends on; its own modules are found by the path.
  const withoutProject = ['poetry', 'pdm', 'pipenv'].includes(service.packageManager ?? '');
  return {
    PYTHONUNBUFFERED: 1,
    PYTHONDONTWRITEBYTECODE: 1,
    ...(withoutProject ? { PYTHONPATH: `${home}:${home}/src` } : {}),
    ...(port !== null && (readsEnv(service, 'PORT') || start.includes('gunicorn'))
      ? { PORT: port }
      : {}),
    ...(start.includes('uvicorn') ? { UVICORN_HOST: '0.0.0.0' } : {}),
    ...(start.includes('flask') ? { FLASK_RUN_HOST: '0.0.0.0' } : {}),
    ...(usesFramework(service, 'streamlit')
      ? {
          STREAMLIT_SERVER_ADDRESS: '0.0.0.0',
          STREAMLIT_SERVER_HEADLESS: 'true',
          STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false',
          HOME: '/tmp',
        }
      : {}),
  };
}

/** Django's development server listens on localhost unless an address is given. */
function withAddress(argv: readonly string[], port: number | null): readonly string[] {
  const at = argv.indexOf('runserver');
  if (at < 0 || port === null) return argv;
  const next = argv[at + 1];
  const hasAddress = next !== undefined && !next.startsWith('-');
  return [...argv.slice(0, at + 1), `0.0.0.0:${port}`, ...argv.slice(hasAddress ? at + 2 : at + 1)];
}

function pythonVersion(service: Service): ImageVersion {
  return imageVersion(service, 'Python', '3.14');
}

/** Stages up to `build`, with `/opt/venv` filled and the sources in `/app`; shared with static sites. */
export function pythonBuildStages(service: Service, layout: Layout): readonly string[] {
  const { tag, note } = pythonVersion(service);
  const packages = pythonPackages(service, layout);
  const early = packages.files.length > 0;
  const manifests = layout.workspace
    ? copy({ from: 'manifests', sources: ['/app'], to: './' })
    : copy({ sources: packages.files, to: './', pattern: true });
  return [
    ...assetStages(service),
    ...(layout.workspace && early ? manifestStage(`python:${tag}`, packages.names) : []),
    comment(note),
    from(`python:${tag}`, 'build'),
    ...nodeAtHand(service),
    'ENV PATH=/opt/venv/bin:$PATH \\\n    VIRTUAL_ENV=/opt/venv \\\n    PIP_DISABLE_PIP_VERSION_CHECK=1',
    ...packages.setup,
    run('python -m venv /opt/venv'),
    workdir('/app'),
    ...(early
      ? [
          comment('Dependencies first: this layer changes with the manifests only.'),
          manifests,
          ...packages.fetch,
        ]
      : []),
    copy({ sources: ['.'], to: './' }),
    ...assetCopies(service),
    ...assetInstalls(service),
    ...packages.project,
    ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
    ...(service.build ? [run(withoutModules(service, service.build))] : []),
  ];
}

/** Python with a virtual environment that is built in one stage and copied into a slim one. */
export const pythonStack: Stack = {
  image(service) {
    const port = servedPort(service);
    return {
      uid: appUid,
      gid: appUid,
      port,
      writable: [],
      health: port === null ? null : pythonCheck(service, port),
    };
  },
  dockerfile(service, layout) {
    const { tag } = pythonVersion(service);
    const { port, health } = this.image(service);
    return [
      ...pythonBuildStages(service, layout),
      from(`python:${tag}-slim`),
      'ENV PATH=/opt/venv/bin:$PATH',
      env(finalEnv(service, join('/app', layout.folder), port)),
      ...aptInstall(systemPackages(service, true)),
      addUser(),
      workdir('/app'),
      copy({ from: 'build', sources: ['/opt/venv'], to: '/opt/venv' }),
      copy({ from: 'build', chown: `${appUid}:${appUid}`, sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      ...startCommand(service.start, (argv) => withAddress(withoutRunner(argv), port)),
    ];
  },
  ignore: () => [
    '**/__pycache__',
    '**/*.py[cod]',
    '**/.venv',
    '**/venv',
    '**/.pytest_cache',
    '**/.mypy_cache',
    '**/.ruff_cache',
    '**/.tox',
    '**/*.egg-info',
    '**/.coverage',
  ],
};

/** `poetry run x`, `uv run x` → `x`: the environment is on the PATH, its manager is not there. */
function withoutRunner(argv: readonly string[]): readonly string[] {
  const [program = '', verb = '', next = ''] = argv;
  const runner =
    ['poetry', 'pdm', 'uv', 'pipenv', 'hatch', 'rye'].includes(program) && verb === 'run';
  if (!runner || next === '' || next.startsWith('-')) return argv;
  return argv.slice(2);
}
