const always = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.yarn',
  '.pnpm-store',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.eggs',
  '.gradle',
  '.idea',
  '.vs',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.astro',
  '.angular',
  '.turbo',
  '.nx',
  '.parcel-cache',
  '.cache',
  '.terraform',
  '.serverless',
  '.dart_tool',
  '.bundle',
  '.stack-work',
  'dist-newstyle',
  '.zig-cache',
  'zig-cache',
  'zig-out',
  '.build',
  '.bloop',
  '.metals',
  '.cpcache',
  '.elixir_ls',
  '.ipynb_checkpoints',
]);

/** Folders that a tool makes beside its manifest: name → manifests, any of which makes it generated. */
const beside: Readonly<Record<string, readonly string[]>> = {
  target: ['Cargo.toml', 'pom.xml', 'build.sbt', 'project.clj'],
  build: [
    'build.gradle',
    'build.gradle.kts',
    'package.json',
    'pubspec.yaml',
    'CMakeLists.txt',
    'setup.py',
  ],
  dist: ['package.json', 'pyproject.toml', 'setup.py'],
  out: ['build.gradle', 'build.gradle.kts', 'package.json'],
  coverage: ['package.json'],
  vendor: ['go.mod', 'composer.json', 'Gemfile'],
  bin: ['*.csproj', '*.fsproj'],
  obj: ['*.csproj', '*.fsproj'],
  deps: ['mix.exs'],
  _build: ['mix.exs', 'rebar.config', 'dune-project'],
  lib: ['shard.yml'],
  Pods: ['Podfile'],
};

/**
 * Tells whether a tool made this folder, so that its files are nobody's source.
 * `siblings` are the names of the entries beside it.
 */
export function isGeneratedFolder(name: string, siblings: ReadonlySet<string>): boolean {
  if (always.has(name)) return true;
  if (!Object.hasOwn(beside, name)) return false;
  return (beside[name] ?? []).some((manifest) =>
    manifest.startsWith('*')
      ? [...siblings].some((sibling) => sibling.endsWith(manifest.slice(1)))
      : siblings.has(manifest),
  );
}
