import { assetCopies, assetStages } from './assets.ts';
import { aptInstall, systemPackages } from './debian.ts';
import { fetchCheck } from './health.ts';
import {
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
import { readsEnv, type Stack, servedPort } from './stack.ts';
import { startCommand } from './start.ts';
import { imageVersion, padded } from './version.ts';

/** The user `deno` of the official image. */
const uid = 1993;

/** JavaScript and TypeScript on Deno, with its module cache filled at build time. */
export const denoStack: Stack = {
  image(service) {
    const port = servedPort(service);
    const health = port === null ? null : fetchCheck(['deno', 'eval'], service, port);
    return { uid, gid: uid, port, writable: [], health };
  },
  dockerfile(service, layout) {
    const version = imageVersion(service, 'Deno', '2.9.6');
    const image = `denoland/deno:${padded(version.tag, 3)}`;
    const { port, health } = this.image(service);
    const frozen = layout.lockfile === null ? '' : ' --frozen';
    // A program without a manifest names its packages itself; they are fetched with its entry.
    const installs = service.install !== null;
    const home = join('/app', layout.folder);
    const words = (service.start ?? '').split(/\s+/);
    const entry = words.find((word) => /^[\w./-]+\.(?:m?[jt]sx?)$/.test(word));
    return [
      ...assetStages(service),
      comment(version.note),
      from(image, 'build'),
      env({ DENO_DIR: '/deno-dir' }),
      workdir('/app'),
      comment('The module cache must be in the image, so it is a layer and no mount.'),
      ...(layout.workspace || !installs
        ? [copy({ sources: ['.'], to: './' })]
        : [
            copy({
              sources: ['deno.json*', 'deno.lock*', 'package.json*', 'import_map.json*'],
              to: './',
              pattern: true,
            }),
          ]),
      ...(installs ? [run(`deno install${frozen}`)] : []),
      ...(layout.workspace ? [workdir(home)] : []),
      ...(layout.workspace || !installs ? [] : [copy({ sources: ['.'], to: './' })]),
      ...assetCopies(service),
      ...(entry ? [run(`deno cache${frozen} ${entry}`)] : []),
      ...(service.build ? [run(service.build)] : []),
      from(image),
      env({
        DENO_DIR: '/deno-dir',
        DENO_NO_UPDATE_CHECK: 1,
        ...(port !== null && readsEnv(service, 'PORT') ? { PORT: port } : {}),
      }),
      ...aptInstall(systemPackages(service)),
      workdir('/app'),
      copy({ from: 'build', chown: `${uid}:${uid}`, sources: ['/deno-dir'], to: '/deno-dir' }),
      copy({ from: 'build', chown: `${uid}:${uid}`, sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(home)] : []),
      user(uid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      ...startCommand(service.start),
    ];
  },
  ignore: () => ['**/node_modules', '**/coverage'],
};
