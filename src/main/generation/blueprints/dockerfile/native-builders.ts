import type { Service } from '#shared/scan.ts';
import { programName, startedBinary } from './binary.ts';
import { shellQuote } from './command-line.ts';
import { aptInstall } from './debian.ts';
import { type CacheMount, run } from './instructions.ts';
import { type ImageVersion, imageVersion } from './version.ts';

/** How one language without a runtime of its own makes its binary. */
export interface NativeBuilder {
  readonly version: ImageVersion;
  /** Image of the stage that builds. */
  readonly image: string;
  readonly setup: readonly string[];
  /** Manifests for the dependency layer, as COPY patterns; none where the tool has no such step. */
  readonly files: readonly string[];
  readonly fetch: readonly string[];
  /** Leaves the binary in `/out`. */
  readonly build: readonly string[];
  /** Debian packages that the binary links to. */
  readonly libraries: readonly string[];
}

function binary(service: Service): string {
  return (
    programName(service.output) ?? startedBinary(service) ?? programName(service.name) ?? 'app'
  );
}

/** Copies the named binary from wherever in `folder` the build left it. */
function collect(service: Service, folder: string): string {
  const named = service.output?.includes('/')
    ? `cp ${shellQuote(service.output)} /out/ 2>/dev/null || `
    : '';
  return `mkdir -p /out && ( ${named}find ${folder} -type f -executable -name ${shellQuote(binary(service))} -exec cp {} /out/ ';' )`;
}

function haskell(service: Service): NativeBuilder {
  const version = imageVersion(service, 'GHC', '9.10', 2);
  const usesCabal = service.packageManager?.toLowerCase().startsWith('cabal') ?? false;
  const cache: readonly CacheMount[] = [
    { target: usesCabal ? '/root/.cabal/packages' : '/root/.stack', sharing: 'locked' },
  ];
  return {
    version,
    image: `haskell:${version.tag}`,
    setup: [],
    files: usesCabal ? ['*.cabal', 'cabal.project*'] : ['stack.yaml*', 'package.yaml*', '*.cabal'],
    fetch: usesCabal
      ? [run(['cabal update', 'cabal build --only-dependencies all'], cache)]
      : [run('stack build --only-dependencies', cache)],
    build: [
      usesCabal
        ? run(
            [
              'mkdir -p /out',
              'cabal install exe:all --installdir=/out --install-method=copy --overwrite-policy=always',
            ],
            cache,
          )
        : run(['mkdir -p /out', 'stack install --local-bin-path /out'], cache),
    ],
    libraries: ['libgmp10', 'zlib1g', 'netbase'],
  };
}

function crystal(service: Service, locked: boolean): NativeBuilder {
  const version = imageVersion(service, 'Crystal', '1.21');
  const cache: readonly CacheMount[] = [{ target: '/root/.cache' }];
  return {
    version,
    image: `crystallang/crystal:${version.tag}-alpine`,
    setup: [],
    files: ['shard.yml', 'shard.lock*'],
    fetch: [run(`shards install --production${locked ? ' --frozen' : ''}`, cache)],
    build: [
      run(
        [
          'shards build --production --release --static --no-debug',
          'mkdir -p /out',
          `cp bin/${binary(service)} /out/`,
        ],
        cache,
      ),
    ],
    libraries: [],
  };
}

function zig(service: Service): NativeBuilder {
  const version = imageVersion(service, 'Zig', '0.15', 2);
  return {
    version,
    image: 'python:3.14-slim',
    setup: [
      run(
        [
          `pip install 'ziglang~=${version.tag}.0'`,
          `printf '#!/bin/sh\\nexec python -m ziglang "$@"\\n' > /usr/local/bin/zig`,
          'chmod 0755 /usr/local/bin/zig',
        ],
        [{ target: '/root/.cache/pip' }],
      ),
    ],
    files: [],
    fetch: [],
    build: [
      run(
        ['zig build -Doptimize=ReleaseSafe', collect(service, 'zig-out')],
        [{ target: '/root/.cache/zig' }],
      ),
    ],
    libraries: [],
  };
}

function cmake(service: Service): NativeBuilder {
  const own = [
    'cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release',
    'cmake --build build --parallel',
  ];
  const packages = [
    'build-essential',
    'ca-certificates',
    'ccache',
    'cmake',
    'git',
    'meson',
    'ninja-build',
    'pkg-config',
  ];
  const libraries = service.systemPackages.map((name) => (name.endsWith('-dev') ? name : ''));
  return {
    version: {
      tag: 'trixie',
      note: 'Compiled by the C and C++ compilers of Debian 13, the same release that runs the binary.',
    },
    image: 'debian:trixie-slim',
    setup: [
      ...aptInstall([...packages, ...libraries]),
      'ENV CMAKE_C_COMPILER_LAUNCHER=ccache \\\n    CMAKE_CXX_COMPILER_LAUNCHER=ccache',
    ],
    files: [],
    fetch: [],
    build: [
      run(service.build ?? own, [{ target: '/root/.cache/ccache' }]),
      run(collect(service, '.')),
    ],
    libraries: ['libstdc++6'],
  };
}

/** The builder for a language of {@link NativeBuilder}'s kind, and the binary's name. */
export function nativeBuilder(
  service: Service,
  locked: boolean,
): { readonly builder: NativeBuilder; readonly name: string } {
  const name = binary(service);
  switch (service.language) {
    case 'haskell':
      return { builder: haskell(service), name };
    case 'crystal':
      return { builder: crystal(service, locked), name };
    case 'zig':
      return { builder: zig(service), name };
    default:
      return { builder: cmake(service), name };
  }
}
