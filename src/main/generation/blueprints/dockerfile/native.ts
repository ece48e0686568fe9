import { assetCopies, assetStages } from './assets.ts';
import { binaryArguments } from './binary.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
import { debianImage } from './debian-image.ts';
import {
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
import { nativeBuilder } from './native-builders.ts';
import { copyRuntimeFiles } from './runtime-files.ts';
import { appUid, readsEnv, type Stack } from './stack.ts';

/** Haskell, Crystal, Zig, C and C++: one binary on slim Debian. */
export const nativeStack: Stack = {
  image: debianImage,
  dockerfile(service, layout) {
    const { builder, name } = nativeBuilder(service, layout.lockfile !== null);
    const { port, health } = debianImage(service);
    const layered = builder.files.length > 0 && !layout.workspace;
    return [
      ...assetStages(service),
      comment(builder.version.note),
      from(builder.image, 'build'),
      ...builder.setup,
      workdir('/app'),
      ...(layered
        ? [
            comment('Dependencies first: this layer changes with the manifests only.'),
            copy({ sources: builder.files, to: './', pattern: true }),
            ...builder.fetch,
            copy({ sources: ['.'], to: './' }),
          ]
        : [
            copy({ sources: ['.'], to: './' }),
            ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
            ...builder.fetch,
          ]),
      ...assetCopies(service),
      ...builder.build,
      run(`test -x /out/${name}`),
      from('debian:trixie-slim'),
      ...aptInstall([
        'ca-certificates',
        ...builder.libraries,
        ...systemPackages(service, true).filter((item) => !item.endsWith('-dev')),
      ]),
      addUser(),
      ...(port !== null && readsEnv(service, 'PORT') ? [env({ PORT: port })] : []),
      workdir('/app'),
      ...copyRuntimeFiles(service),
      copy({ from: 'build', sources: [`/out/${name}`], to: `/app/${name}` }),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      cmd([`/app/${name}`, ...binaryArguments(service)]),
    ];
  },
  ignore: (service) =>
    ({
      haskell: ['**/.stack-work', '**/dist-newstyle'],
      crystal: ['**/lib', '**/bin'],
      zig: ['**/.zig-cache', '**/zig-cache', '**/zig-out'],
    })[service.language] ?? ['**/build', '**/CMakeFiles', '**/*.o'],
};
