import type { Service } from '#shared/scan.ts';
import { entry, type Line } from '../ci/ci-lines.ts';
import { type Runtime, runtimeOf } from '../ci/runtime.ts';
import { type KnownAction, pinned } from './action-pins.ts';

type Inputs = Readonly<Record<string, string | boolean>>;

/** The keys of a step that runs an action, for one that has a name before them. */
export function stepBody(action: KnownAction, inputs: Inputs): readonly Line[] {
  const given = Object.entries(inputs).map(([key, value]) =>
    typeof value === 'string' && /^[\d.]+$/.test(value) ? `${key}: '${value}'` : entry(key, value),
  );
  return [`uses: ${pinned(action)}`, ...(given.length > 0 ? ['with:', given] : [])];
}

/** A step that runs an action with inputs. */
export function usesStep(action: KnownAction, inputs: Inputs = {}): readonly Line[] {
  const [uses = '', ...rest] = stepBody(action, inputs);
  return [`- ${String(uses)}`, ...(rest.length > 0 ? [rest] : [])];
}

/** Checks the commit out, without leaving the token where every later step could read it. */
export const checkout: readonly Line[] = usesStep('actions/checkout', {
  'persist-credentials': false,
});

/** The steps that bring a service's runtime, in the version of the project, with its caches. */
export function setupSteps(service: Service): readonly Line[] {
  const runtime = runtimeOf(service);
  return runtime === null ? [] : steps[runtime.family](service, runtime.version);
}

type Setup = (service: Service, version: string) => readonly Line[];

const steps: Readonly<Record<Runtime['family'], Setup>> = {
  node: (service, version) => [
    ...(service.packageManager === 'pnpm'
      ? usesStep('pnpm/action-setup', { package_json_file: below(service, 'package.json') })
      : []),
    ...usesStep('actions/setup-node', {
      'node-version': version,
      ...(service.lockfile === null
        ? {}
        : { cache: service.packageManager ?? 'npm', 'cache-dependency-path': service.lockfile }),
    }),
  ],
  bun: () => usesStep('oven-sh/setup-bun'),
  deno: (_service, version) =>
    usesStep('denoland/setup-deno', { 'deno-version': version, cache: true }),
  python: (service, version) => [
    ...usesStep('actions/setup-python', {
      'python-version': version,
      ...(service.packageManager === 'pip'
        ? { cache: 'pip', 'cache-dependency-path': below(service, '**/requirements*.txt') }
        : {}),
    }),
    ...pythonManager(service),
  ],
  go: (service, version) => {
    const sum = service.lockfile;
    return usesStep('actions/setup-go', {
      'go-version': version,
      ...(sum === null ? { cache: false } : { 'cache-dependency-path': sum }),
    });
  },
  rust: (service, version) => [
    `- run: rustup toolchain install ${version} --profile minimal && rustup default ${version}`,
    ...usesStep('Swatinem/rust-cache', { workspaces: service.context }),
  ],
  java: (service, version) =>
    usesStep('actions/setup-java', {
      distribution: 'temurin',
      'java-version': version,
      ...(/^(?:maven|gradle|sbt)$/.test(service.packageManager ?? '')
        ? { cache: service.packageManager as string }
        : {}),
    }),
  dotnet: (_service, version) =>
    usesStep('actions/setup-dotnet', { 'dotnet-version': `${version}.x` }),
  ruby: (service, version) =>
    usesStep('ruby/setup-ruby', {
      'ruby-version': version,
      'bundler-cache': true,
      ...(service.context === '.' ? {} : { 'working-directory': service.context }),
    }),
  php: (_service, version) =>
    usesStep('shivammathur/setup-php', {
      'php-version': version,
      coverage: 'none',
      tools: 'composer:v2',
    }),
  elixir: (_service, version) =>
    usesStep('erlef/setup-beam', { 'elixir-version': version, 'otp-version': '28' }),
};

function pythonManager({ packageManager }: Service): readonly Line[] {
  if (packageManager === 'uv') return usesStep('astral-sh/setup-uv', { 'enable-cache': true });
  const tools = ['poetry', 'pdm', 'pipenv', 'hatch'];
  return tools.includes(packageManager ?? '') ? [`- run: pipx install ${packageManager}`] : [];
}

function below({ context }: Service, name: string): string {
  return context === '.' ? name : `${context}/${name}`;
}
