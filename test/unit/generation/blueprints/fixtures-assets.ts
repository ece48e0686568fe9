import type { Assets, Service } from '#shared/scan.ts';
import { service } from './fixtures.ts';

/** A front end in `ui` that Yarn builds; a test names what matters to it. */
export function frontEnd(facts: Partial<Assets> = {}): Assets {
  return {
    path: 'ui',
    context: 'ui',
    runtimeVersion: '24',
    packageManager: 'yarn',
    lockfile: 'ui/yarn.lock',
    install: 'yarn install --frozen-lockfile',
    build: 'yarn run build',
    outputs: ['ui/build'],
    ...facts,
  };
}

const none = { install: null, build: null, lockfile: null, output: null, packageManager: null };

/** Services with front ends that are built before or by them. */
export const assetStacks: Readonly<Record<string, Service>> = {
  'go-embedded-ui': service({
    ...none,
    name: 'hub',
    language: 'go',
    runtimeVersion: '1.26',
    install: 'go mod download',
    build: 'go build -o bin/hub .',
    start: './bin/hub',
    output: 'bin/hub',
    lockfile: 'go.sum',
    ports: [8080],
    assets: [frontEnd()],
  }),
  'java-pnpm-member': service({
    ...none,
    language: 'java',
    runtimeVersion: '21',
    framework: 'spring-boot',
    packageManager: 'maven',
    build: './mvnw -B package -DskipTests',
    start: 'java -jar target/app.jar',
    output: 'target/app.jar',
    ports: [8080],
    assets: [
      frontEnd({
        path: 'web/shop',
        context: 'web',
        packageManager: 'pnpm',
        lockfile: 'web/pnpm-lock.yaml',
        install: 'pnpm install --frozen-lockfile',
        build: 'pnpm run build',
        outputs: ['src/main/resources/static'],
      }),
    ],
  }),
  'rust-two-sites': service({
    ...none,
    name: 'hub',
    language: 'rust',
    runtimeVersion: '1.90',
    start: './target/release/hub',
    packageManager: 'cargo',
    build: 'cargo build --release',
    output: 'target/release/hub',
    lockfile: 'Cargo.lock',
    ports: [8080],
    runtimeFiles: ['admin/dist'],
    assets: [
      frontEnd({ outputs: ['ui/dist'] }),
      frontEnd({
        path: 'admin',
        context: 'admin',
        packageManager: 'bun',
        lockfile: 'admin/bun.lock',
        install: 'bun install --frozen-lockfile',
        build: 'bun run build',
        outputs: ['admin/dist'],
        runtimeVersion: null,
      }),
    ],
  }),
  'ruby-jsbundling': service({
    ...none,
    language: 'ruby',
    runtimeVersion: '3.4',
    framework: 'rails',
    packageManager: 'bundler',
    build: 'bundle exec rails assets:precompile',
    start: 'bundle exec rails server',
    lockfile: 'Gemfile.lock',
    healthPath: '/up',
    assets: [
      frontEnd({ path: '.', context: '.', lockfile: 'yarn.lock', build: null, outputs: [] }),
    ],
  }),
  'elixir-npm-assets': service({
    ...none,
    language: 'elixir',
    runtimeVersion: '1.18',
    framework: 'phoenix',
    packageManager: 'mix',
    build: 'MIX_ENV=prod mix assets.deploy && MIX_ENV=prod mix release --overwrite',
    start: '_build/prod/rel/shop/bin/shop start',
    output: '_build/prod/rel/shop',
    lockfile: 'mix.lock',
    ports: [4000],
    healthPath: null,
    assets: [
      frontEnd({
        path: 'assets',
        context: 'assets',
        packageManager: 'npm',
        lockfile: 'assets/package-lock.json',
        install: 'npm ci',
        build: null,
        outputs: [],
      }),
    ],
  }),
};
