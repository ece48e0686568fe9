import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { binaryArguments, programName, startedBinary, startWords } from './binary.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
import { debianImage } from './debian-image.ts';
import {
  type CacheMount,
  cmd,
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
import { join } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { assetInstalls, nodeAtHand } from './node-at-hand.ts';
import { copyRuntimeFiles } from './runtime-files.ts';
import { appUid, readsEnv, type Stack, usesFramework } from './stack.ts';
import { imageVersion } from './version.ts';

const caches: readonly CacheMount[] = [
  { target: '/usr/local/cargo/registry' },
  { target: '/usr/local/cargo/git' },
];
const target: CacheMount = { target: '/target', sharing: 'locked' };

/** The binary's name: what the build leaves, what the start runs, what `--bin` or `-p` names. */
function binaryName(service: Service): string {
  const words = startWords(service);
  const after = (flag: string) => words[words.indexOf(flag) + 1];
  const named = words.includes('--bin')
    ? after('--bin')
    : words.includes('-p')
      ? after('-p')
      : null;
  return (
    programName(service.output) ??
    programName(named) ??
    startedBinary(service) ??
    programName(service.name) ??
    'app'
  );
}

/** Our own build is locked and optimised; the scan's is kept where it is a release build. */
function buildCommand(service: Service, locked: boolean): string {
  if (service.build && /--release|--profile/.test(service.build)) return service.build;
  return `cargo build --release${locked ? ' --locked' : ''}`;
}

/** What makes the program listen on the port that is exposed, on all addresses: Rocket asks its own variables. */
function listenEnv(service: Service, port: number | null): readonly string[] {
  if (port === null) return [];
  if (usesFramework(service, 'rocket')) {
    return [env({ ROCKET_ADDRESS: '0.0.0.0', ROCKET_PORT: port })];
  }
  return readsEnv(service, 'PORT') ? [env({ PORT: port })] : [];
}

/** Rust: an optimised binary in a slim Debian with the C library that it links to. */
export const rustStack: Stack = {
  image: debianImage,
  dockerfile(service, layout) {
    const { tag, note } = imageVersion(service, 'Rust', '1.98');
    const { port, health } = debianImage(service);
    const image = `rust:${tag}-bookworm`;
    const name = binaryName(service);
    const locked = layout.lockfile !== null;
    const hollow = 'mkdir -p src && touch src/lib.rs src/main.rs';
    return [
      ...assetStages(service),
      ...manifestStage(image, ['Cargo.toml', 'Cargo.lock', 'rust-toolchain*'], ['.cargo']),
      comment('Cargo wants a source file for each package before it resolves anything.'),
      run(`find . -name Cargo.toml -execdir sh -c '${hollow}' ';'`),
      comment(note),
      from(image, 'build'),
      ...nodeAtHand(service),
      env({ CARGO_TARGET_DIR: '/target', CARGO_TERM_COLOR: 'never' }),
      comment(
        'Dependencies first, apart from the sources: this layer changes with the manifests only.',
      ),
      workdir('/manifests'),
      copy({ from: 'manifests', sources: ['/app'], to: './' }),
      run(`cargo fetch${locked ? ' --locked' : ''}`, caches),
      workdir('/app'),
      copy({ sources: ['.'], to: './' }),
      ...assetCopies(service),
      ...assetInstalls(service),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      run(
        [buildCommand(service, locked), `install -D /target/release/${name} /out/app`],
        [...caches, target],
      ),
      from('debian:bookworm-slim'),
      ...aptInstall(['ca-certificates', ...systemPackages(service, true)]),
      addUser(),
      ...listenEnv(service, port),
      workdir('/app'),
      ...copyRuntimeFiles(service),
      copy({ from: 'build', sources: ['/out/app'], to: `/app/${name}` }),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      cmd([`/app/${name}`, ...binaryArguments(service)]),
    ];
  },
  ignore: () => ['**/target'],
};
