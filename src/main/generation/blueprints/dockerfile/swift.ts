import { assetCopies, assetStages } from './assets.ts';
import { binaryArguments, programName, startedBinary, startWords } from './binary.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
import { debianImage } from './debian-image.ts';
import {
  cmd,
  comment,
  copy,
  expose,
  from,
  healthcheck,
  run,
  user,
  workdir,
} from './instructions.ts';
import { join } from './layout.ts';
import { appUid, type Stack, usesFramework } from './stack.ts';
import { imageVersion } from './version.ts';

/** Swift: a release build with Swift's own libraries linked in, on the matching slim image. */
export const swiftStack: Stack = {
  image: debianImage,
  dockerfile(service, layout) {
    const { tag, note } = imageVersion(service, 'Swift', '6.2');
    const { port, health } = debianImage(service);
    const words = startWords(service);
    const ran = words[0] === 'swift' ? words.slice(2).find((word) => !word.startsWith('-')) : null;
    const name =
      programName(service.output) ??
      startedBinary(service) ??
      programName(ran) ??
      programName(service.name) ??
      'App';
    const serve = usesFramework(service, 'vapor') && port !== null;
    const given = binaryArguments(service);
    const args =
      serve && given.length === 0
        ? ['serve', '--env', 'production', '--hostname', '0.0.0.0', '--port', String(port)]
        : given;
    return [
      ...assetStages(service),
      comment(note),
      from(`swift:${tag}`, 'build'),
      workdir('/app'),
      comment('Dependencies first: this layer changes with the manifests only.'),
      ...(layout.workspace
        ? [copy({ sources: ['.'], to: './' }), workdir(join('/app', layout.folder))]
        : [copy({ sources: ['Package.*'], to: './', pattern: true })]),
      run(`swift package resolve${layout.lockfile === null ? '' : ' --force-resolved-versions'}`, [
        { target: '/root/.cache/org.swift.swiftpm' },
      ]),
      ...(layout.workspace ? [] : [copy({ sources: ['.'], to: './' })]),
      ...assetCopies(service),
      run('swift build --configuration release --static-swift-stdlib', [
        { target: '/root/.cache/org.swift.swiftpm' },
      ]),
      run([
        'mkdir -p /out',
        `cp "$(swift build --configuration release --static-swift-stdlib --show-bin-path)/${name}" /out/`,
      ]),
      from(`swift:${tag}-slim`),
      ...aptInstall(['ca-certificates', 'tzdata', ...systemPackages(service)]),
      addUser(),
      workdir('/app'),
      comment(
        'Files that the program reads at run time (Public, Resources) need a COPY of their own.',
      ),
      copy({ from: 'build', sources: [`/out/${name}`], to: `/app/${name}` }),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      cmd([`/app/${name}`, ...args]),
    ];
  },
  ignore: () => ['**/.build', '**/.swiftpm', '**/DerivedData'],
};
