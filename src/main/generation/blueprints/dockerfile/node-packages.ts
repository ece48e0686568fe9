import type { Service } from '#shared/scan.ts';
import { type CacheMount, run } from './instructions.ts';
import type { Layout } from './layout.ts';

/** How one JavaScript package manager installs, in the three steps of a Dockerfile. */
export interface NodePackages {
  /** Makes the manager itself available, once for all stages that build. */
  readonly setup: readonly string[];
  /** Files that the dependency layer needs beside `package.json`; patterns. */
  readonly files: readonly string[];
  /** Whether patches or releases in folders count among the manifests, as `.yarn` does. */
  readonly folders: boolean;
  /** Fetches dependencies without running scripts, before the sources; null where it needs them. */
  readonly fetch: string | null;
  /** Runs the install scripts, with the sources in place. */
  readonly link: string;
  /** Leaves production dependencies only; null where the manager cannot. */
  readonly prune: string | null;
}

type Manager = (service: Service, layout: Layout) => NodePackages;

const npmCache: readonly CacheMount[] = [{ target: '/root/.npm' }];
const pnpmCache: readonly CacheMount[] = [{ id: 'pnpm', target: '/pnpm/store' }];
const yarnCache: readonly CacheMount[] = [{ id: 'yarn', target: '/usr/local/share/.cache/yarn' }];
const berryCache: readonly CacheMount[] = [{ id: 'yarn-berry', target: '/root/.yarn/berry' }];
const bunCache: readonly CacheMount[] = [{ target: '/root/.bun/install/cache' }];

const npm: Manager = (_service, layout) => {
  const locked = layout.lockfile !== null;
  return {
    setup: [],
    files: ['package-lock.json', 'npm-shrinkwrap.json', '.npmrc'],
    folders: false,
    fetch: run(locked ? 'npm ci --ignore-scripts' : 'npm install --ignore-scripts', npmCache),
    link: run(['npm rebuild', 'npm run postinstall --if-present'], npmCache),
    prune: run('npm prune --omit=dev --ignore-scripts', npmCache),
  };
};

const pnpm: Manager = (service, layout) => {
  const frozen = layout.lockfile !== null ? ' --frozen-lockfile' : '';
  const install = `pnpm install${frozen} --config.store-dir=/pnpm/store`;
  return {
    setup: [corepack(service), 'ENV CI=true \\\n    pnpm_config_pm_on_fail=ignore'],
    files: ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', '.pnpmfile.cjs'],
    folders: true,
    fetch: run(`${install} --ignore-scripts`, pnpmCache),
    link: run([`${install} --prefer-offline`, 'pnpm rebuild --recursive'], pnpmCache),
    prune: layout.workspace
      ? run(
          [`${install} --prod --prefer-offline --ignore-scripts`, 'pnpm rebuild --recursive'],
          pnpmCache,
        )
      : run('pnpm prune --prod --config.store-dir=/pnpm/store', pnpmCache),
  };
};

const yarnClassic: Manager = (service, layout) => {
  const frozen = layout.lockfile !== null ? ' --frozen-lockfile' : '';
  return {
    setup: [corepack(service)],
    files: ['yarn.lock', '.yarnrc', '.npmrc'],
    folders: true,
    fetch: run(`yarn install${frozen} --ignore-scripts --non-interactive`, yarnCache),
    link: run(`yarn install${frozen} --non-interactive`, yarnCache),
    prune: run(`yarn install${frozen} --production --ignore-scripts --non-interactive`, yarnCache),
  };
};

const yarnBerry: Manager = (service, layout) => {
  const immutable = layout.lockfile !== null ? ' --immutable' : '';
  return {
    setup: [
      corepack(service),
      'ENV YARN_NODE_LINKER=node-modules \\\n    YARN_ENABLE_GLOBAL_CACHE=true \\\n    YARN_ENABLE_TELEMETRY=0',
    ],
    files: ['yarn.lock', '.yarnrc.yml', '.npmrc'],
    folders: true,
    fetch: run(`yarn install${immutable} --mode=skip-build`, berryCache),
    link: run(`yarn install${immutable}`, berryCache),
    prune: run('yarn workspaces focus --all --production', berryCache),
  };
};

const bun: Manager = (_service, layout) => {
  const frozen = layout.lockfile !== null ? ' --frozen-lockfile' : '';
  return {
    setup: [],
    files: ['bun.lock', 'bun.lockb', 'bunfig.toml', '.npmrc'],
    folders: true,
    fetch: run(`bun install${frozen} --ignore-scripts`, bunCache),
    link: run(`bun install${frozen}`, bunCache),
    prune: run(
      ['rm -rf node_modules', `bun install${frozen} --production --ignore-scripts`],
      bunCache,
    ),
  };
};

/** Installs by a tool above the managers (Rush, Lerna): in one step, with the sources in place. */
function custom(service: Service, install: string): NodePackages {
  return {
    setup: [corepack(service)],
    files: [],
    folders: false,
    fetch: null,
    link: run(install, npmCache),
    prune: null,
  };
}

/** The manager of a service, by its lockfile's rules; npm where the scan names none. */
export function nodePackages(service: Service, layout: Layout): NodePackages {
  const name = service.packageManager?.toLowerCase() ?? '';
  const install = service.install?.trim() ?? '';
  if (/&&|;|\brush\b|install-run/.test(install)) return custom(service, install);
  if (name.startsWith('pnpm')) return pnpm(service, layout);
  if (name.startsWith('bun')) return bun(service, layout);
  if (!name.startsWith('yarn')) return npm(service, layout);
  const berry =
    /berry|@[2-9]/.test(name) ||
    /--immutable/.test(install) ||
    /^yarn exec /.test(service.start ?? '');
  return berry ? yarnBerry(service, layout) : yarnClassic(service, layout);
}

/** Corepack obeys the `packageManager` field. Images from Node 25 on no longer bring it. */
function corepack(service: Service): string {
  const major = Number.parseInt(service.runtimeVersion?.replace(/^v/, '') ?? '26', 10);
  if (major < 18) return run('corepack enable');
  const version = major < 20 ? '0.31' : '0.34';
  return run([`npm install --global --force corepack@${version}`, 'corepack enable'], npmCache);
}
