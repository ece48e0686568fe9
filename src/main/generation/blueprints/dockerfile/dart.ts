import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { binaryArguments, startWords } from './binary.ts';
import { shellQuote } from './command-line.ts';
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
import { appUid, readsEnv, type Stack } from './stack.ts';
import { imageVersion } from './version.ts';

const pubCache: readonly CacheMount[] = [{ target: '/root/.pub-cache' }];

/** The Dart file that starts the program, by the start command. */
function entry(service: Service): string {
  const words = startWords(service);
  const built = /(?:^|\s)([\w./-]+\.dart)(?:\s|$)/.exec(service.build ?? '')?.[1];
  return words.find((word) => word.endsWith('.dart')) ?? built ?? 'bin/server.dart';
}

/** What must run before the compiler, such as a generator of the server's code. */
function prepare(service: Service): readonly string[] {
  return service.build && !/\bcompile exe\b/.test(service.build)
    ? [run(service.build, pubCache)]
    : [];
}

/** Dart: compiled ahead of time, on slim Debian. */
export const dartStack: Stack = {
  image: debianImage,
  dockerfile(service, layout) {
    const { tag, note } = imageVersion(service, 'Dart', '3');
    const { port, health } = debianImage(service);
    const words = startWords(service);
    const at = words.findIndex((word) => word.endsWith('.dart'));
    const home = join('/app', layout.folder);
    return [
      ...assetStages(service),
      ...manifestStage(`dart:${tag}`, ['pubspec.yaml', 'pubspec.lock', 'pubspec_overrides.yaml']),
      comment(note),
      from(`dart:${tag}`, 'build'),
      workdir('/app'),
      comment('Dependencies first: this layer changes with the manifests only.'),
      copy({ from: 'manifests', sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(home)] : []),
      run(`dart pub get${layout.lockfile === null ? '' : ' --enforce-lockfile'}`, pubCache),
      ...(layout.workspace ? [workdir('/app')] : []),
      copy({ sources: ['.'], to: './' }),
      ...(layout.workspace ? [workdir(home)] : []),
      ...assetCopies(service),
      ...prepare(service),
      run(
        [
          'mkdir -p /out',
          'dart pub get --offline',
          `dart compile exe ${shellQuote(entry(service))} -o /out/server`,
        ],
        pubCache,
      ),
      from('debian:trixie-slim'),
      ...aptInstall(['ca-certificates', ...systemPackages(service)]),
      addUser(),
      ...(port !== null && readsEnv(service, 'PORT') ? [env({ PORT: port })] : []),
      workdir('/app'),
      comment('Files that the program reads at run time (public, views) need a COPY of their own.'),
      copy({ from: 'build', sources: ['/out/server'], to: '/app/server' }),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      cmd(['/app/server', ...(at < 0 ? binaryArguments(service) : words.slice(at + 1))]),
    ];
  },
  ignore: () => ['**/.dart_tool', '**/build', '**/.packages'],
};
