import type { Service } from '#shared/scan.ts';
import { scalar } from '../../improve/yaml/render.ts';
import { entry, type Line, mappingLines } from '../ci/ci-lines.ts';
import { type Runtime, runtimeOf } from '../ci/runtime.ts';
import { testBackings, testEnv } from '../ci/test-backing.ts';
import type { TestJob } from '../ci/test-jobs.ts';

type Setup = {
  readonly image: string;
  /** What the image lacks. */
  readonly before?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cache: readonly string[];
};

const alias = (system: string): string => system;

/** The job that installs, builds and tests one service; its backing systems run beside it. */
export function testJob({ service, label, install, steps }: TestJob): readonly Line[] {
  const runtime = runtimeOf(service);
  const setup = runtime === null ? null : setups[runtime.family](runtime.version, service);
  const backings = testBackings(service, alias);
  const inFolder = (command: string, folder: string): string =>
    folder === '.' ? command : `cd "$CI_PROJECT_DIR/${folder}" && ${command}`;
  const script = [
    ...(setup?.before === undefined ? [] : [setup.before]),
    ...(install === null ? [] : [inFolder(install, service.context)]),
    ...steps.map(({ run }) => inFolder(run, service.path)),
  ];
  return [
    `test-${label}:`,
    [
      'stage: test',
      // Languages without an image of their own here build in that of Debian.
      entry('image', setup?.image ?? 'buildpack-deps:trixie'),
      'needs: []',
      'timeout: 30 minutes',
      ...(backings.length === 0
        ? []
        : [
            '# Live as long as the job, and are reached from it alone.',
            'services:',
            backings.flatMap(({ system, image, env }) => [
              `- ${entry('name', image)}`,
              [entry('alias', system), ...mappingLines('variables', env)],
            ]),
          ]),
      ...mappingLines('variables', { ...setup?.env, ...testEnv(service, alias) }),
      ...cacheLines(service, label, setup),
      'script:',
      script.map(
        (line) =>
          `- ${JSON.stringify(line) === `"${line}"` && !/: | #|^[&*!|>%@{[]/.test(line) ? line : `'${line.replaceAll("'", "''")}'`}`,
      ),
    ],
  ];
}

function cacheLines(service: Service, label: string, setup: Setup | null): readonly Line[] {
  if (setup === null || setup.cache.length === 0) return [];
  const key =
    service.lockfile === null
      ? [entry('key', label)]
      : ['key:', [entry('prefix', label), 'files:', [`- ${scalar(service.lockfile)}`]]];
  return ['cache:', [...key, 'paths:', setup.cache.map((path) => `- ${scalar(path)}`)]];
}

const setups: Readonly<Record<Runtime['family'], (version: string, service: Service) => Setup>> = {
  node: (version, { packageManager }) => ({
    image: `node:${version}`,
    ...(packageManager === 'pnpm' || packageManager === 'yarn'
      ? { before: 'npm install --global corepack && corepack enable' }
      : {}),
    env: packageManager === 'npm' ? { npm_config_cache: '$CI_PROJECT_DIR/.npm' } : {},
    cache: packageManager === 'npm' ? ['.npm/'] : packageManager === 'yarn' ? ['.yarn/cache/'] : [],
  }),
  bun: () => ({ image: 'oven/bun:1.3.14', cache: [] }),
  deno: () => ({
    image: 'denoland/deno:2.9.6',
    env: { DENO_DIR: '$CI_PROJECT_DIR/.deno' },
    cache: ['.deno/'],
  }),
  python: (version, { packageManager }) => ({
    image: `python:${version}`,
    ...(packageManager !== null && /^(?:poetry|uv|pdm|pipenv|hatch)$/.test(packageManager)
      ? { before: `pip install ${packageManager}` }
      : {}),
    env: { PIP_CACHE_DIR: '$CI_PROJECT_DIR/.pip' },
    cache: ['.pip/'],
  }),
  go: (version) => ({
    image: `golang:${version}`,
    env: { GOMODCACHE: '$CI_PROJECT_DIR/.go/mod', GOCACHE: '$CI_PROJECT_DIR/.go/build' },
    cache: ['.go/'],
  }),
  rust: (version) => ({
    image: `rust:${version}`,
    env: { CARGO_HOME: '$CI_PROJECT_DIR/.cargo-home' },
    cache: ['.cargo-home/registry/', 'target/'],
  }),
  java: (version, { packageManager }) =>
    packageManager === 'gradle'
      ? {
          image: `gradle:jdk${version}`,
          env: { GRADLE_USER_HOME: '$CI_PROJECT_DIR/.gradle-home' },
          cache: ['.gradle-home/caches/', '.gradle-home/wrapper/'],
        }
      : {
          image: `maven:3-eclipse-temurin-${version}`,
          env: { MAVEN_OPTS: '-Dmaven.repo.local=$CI_PROJECT_DIR/.m2' },
          cache: ['.m2/'],
        },
  dotnet: (version) => ({
    image: `mcr.microsoft.com/dotnet/sdk:${version}`,
    env: { NUGET_PACKAGES: '$CI_PROJECT_DIR/.nuget' },
    cache: ['.nuget/'],
  }),
  ruby: (version) => ({
    image: `ruby:${version}`,
    env: { BUNDLE_PATH: '$CI_PROJECT_DIR/.bundle-cache' },
    cache: ['.bundle-cache/'],
  }),
  php: (version) => ({
    image: `php:${version}-cli`,
    before:
      'apt-get update && apt-get install -y --no-install-recommends git unzip && curl -fsSLo /usr/local/bin/composer https://getcomposer.org/download/latest-2.x/composer.phar && chmod +x /usr/local/bin/composer',
    env: { COMPOSER_CACHE_DIR: '$CI_PROJECT_DIR/.composer' },
    cache: ['.composer/'],
  }),
  elixir: (version) => ({
    image: `elixir:${version}`,
    before: 'mix local.hex --force && mix local.rebar --force',
    env: { MIX_HOME: '$CI_PROJECT_DIR/.mix' },
    cache: ['.mix/', 'deps/', '_build/'],
  }),
};
