import { OmegaError } from '#shared/error.ts';
import type { Service } from '#shared/scan.ts';
import { type CacheMount, copy, run } from './instructions.ts';
import type { Layout } from './layout.ts';

/** How one Python package manager fills `/opt/venv`. */
export interface PythonPackages {
  /** Makes the manager available. */
  readonly setup: readonly string[];
  /** Manifests as COPY patterns; none where the install needs the sources. */
  readonly files: readonly string[];
  /** The same as file names, for a workspace. */
  readonly names: readonly string[];
  /** Installs the locked dependencies from the manifests alone. */
  readonly fetch: readonly string[];
  /** Installs the project itself, with the sources in place. */
  readonly project: readonly string[];
}

const pipCache: readonly CacheMount[] = [{ target: '/root/.cache/pip' }];
const uvCache: readonly CacheMount[] = [{ target: '/root/.cache/uv' }];
const noNames = { names: [] as const };

function tool(requirement: string): string {
  return run(`pip install '${requirement}'`, pipCache);
}

function uv(service: Service, locked: boolean, workspace: boolean): PythonPackages {
  const member = /--package[ =]([\w.-]+)/.exec(service.install ?? '')?.[1];
  const all = member ? ` --package ${member}` : workspace ? ' --all-packages' : '';
  const sync = `uv sync ${locked ? '--locked ' : ''}--no-dev${all}`;
  return {
    setup: [
      copy({ from: 'ghcr.io/astral-sh/uv:0.12', sources: ['/uv'], to: '/usr/local/bin/' }),
      'ENV UV_LINK_MODE=copy \\\n    UV_COMPILE_BYTECODE=1 \\\n    UV_PROJECT_ENVIRONMENT=/opt/venv \\\n    UV_PYTHON_DOWNLOADS=never',
    ],
    files: ['pyproject.toml', 'uv.lock*', 'README*'],
    names: ['pyproject.toml', 'uv.lock', 'README*'],
    fetch: [
      run(
        `${sync.replace('--locked', '--frozen')} --no-install-project --no-install-workspace`,
        uvCache,
      ),
    ],
    project: [run(`${sync} --no-editable`, uvCache)],
  };
}

/** Whether the scan's install leaves the project itself in the environment, and not only what it needs. */
function installsProject(service: Service, flag: string): boolean {
  return service.install !== null && !service.install.includes(flag);
}

function poetry(service: Service): PythonPackages {
  return {
    setup: [
      tool('poetry>=2.1,<3'),
      'ENV POETRY_VIRTUALENVS_CREATE=false \\\n    POETRY_NO_INTERACTION=1',
    ],
    files: ['pyproject.toml', 'poetry.lock*', 'poetry.toml*'],
    names: ['pyproject.toml', 'poetry.lock', 'poetry.toml'],
    fetch: [run('poetry install --only main --no-root', [{ target: '/root/.cache/pypoetry' }])],
    project: installsProject(service, '--no-root') ? [run('poetry install --only-root')] : [],
  };
}

function pdm(service: Service, locked: boolean): PythonPackages {
  return {
    setup: [tool('pdm>=2.22,<3'), 'ENV PDM_CHECK_UPDATE=false'],
    files: ['pyproject.toml', 'pdm.lock*'],
    names: ['pyproject.toml', 'pdm.lock'],
    fetch: [
      run(`pdm ${locked ? 'sync' : 'install'} --prod --no-self --no-editable`, [
        { target: '/root/.cache/pdm' },
      ]),
    ],
    project: installsProject(service, '--no-self') ? [run('pdm install --prod --no-lock')] : [],
  };
}

function pipenv(locked: boolean): PythonPackages {
  const install = locked ? 'pipenv sync' : 'pipenv install --skip-lock';
  return {
    setup: [tool('pipenv>=2025,<2027'), 'ENV PIPENV_VERBOSITY=-1'],
    files: ['Pipfile', 'Pipfile.lock*'],
    names: ['Pipfile', 'Pipfile.lock'],
    fetch: [run(install, [{ target: '/root/.cache/pipenv' }])],
    project: [],
  };
}

/** pip: from the requirements alone where the command names nothing else, with the sources otherwise. */
function pip(service: Service): PythonPackages {
  const install = service.install?.trim();
  if (!install) return { setup: [], files: [], ...noNames, fetch: [], project: [] };
  const manifestOnly = /^(?:python3? -m )?pip3? install(?: --[\w-]+)*(?: -r [\w.-]+\.txt)+$/.test(
    install,
  );
  if (!manifestOnly) {
    return { setup: [], files: [], ...noNames, fetch: [], project: [run(install, pipCache)] };
  }
  return {
    setup: [],
    files: ['*requirements*.txt', '*constraints*.txt'],
    names: ['*requirements*.txt', '*constraints*.txt'],
    fetch: [run(install, pipCache)],
    project: [],
  };
}

/** The manager of a service; pip with the scan's own install command where it is another. */
export function pythonPackages(service: Service, layout: Layout): PythonPackages {
  const locked = layout.lockfile !== null;
  switch (service.packageManager?.toLowerCase()) {
    case 'uv':
      return uv(service, locked, layout.workspace);
    case 'poetry':
      return poetry(service);
    case 'pdm':
      return pdm(service, locked);
    case 'pipenv':
      return pipenv(locked);
    case 'conda':
      throw new OmegaError(
        'INVALID_INPUT',
        `The Python service ${JSON.stringify(service.name)} installs by conda, which no blueprint covers. Add a requirements.txt or pyproject.toml, or write its Dockerfile by hand.`,
        { details: { packageManager: 'conda', service: service.name } },
      );
    default:
      return pip(service);
  }
}
