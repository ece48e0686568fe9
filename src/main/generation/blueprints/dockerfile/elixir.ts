import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { programName } from './binary.ts';
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
import { assetInstalls, nodeAtHand } from './node-at-hand.ts';
import { appUid, readsEnv, type Stack, usesFramework } from './stack.ts';
import { imageVersion } from './version.ts';

const hex: readonly CacheMount[] = [{ target: '/root/.hex/packages' }, { target: '/root/.cache' }];

/** Steps of the scan's build that come before the release, such as the assets. */
function buildSteps(service: Service): readonly string[] {
  const steps = (service.build ?? '').split('&&').map((step) => step.trim());
  const kept = steps.filter(
    (step) => step !== '' && !/^(?:MIX_ENV=prod\s+)?mix (?:release|compile)\b/.test(step),
  );
  // Components bring pieces of the front end that compiling writes out.
  return kept.length > 0 ? [run(['mix compile', ...kept], hex)] : [];
}

/** The release's name by what the build leaves: `_build/prod/rel/NAME`. */
function releaseName(service: Service): string | null {
  return programName(
    /_build\/prod\/rel\/([^/\s]+)/.exec(`${service.output ?? ''} ${service.start ?? ''}`)?.[1],
  );
}

/** Starts the one release that was made, whatever its name. */
const launcher = `name=$(find /out/bin -maxdepth 1 -type f ! -name '*.bat' ! -name server ! -name migrate -printf '%f\\n' | head -n 1) && printf '#!/bin/sh\\nexec "/app/bin/%s" "$@"\\n' "$name" > /out/bin/start-release && chmod 0755 /out/bin/start-release`;

/** Elixir: a mix release with its own Erlang, on slim Debian. */
export const elixirStack: Stack = {
  image: debianImage,
  dockerfile(service, layout) {
    const { tag, note } = imageVersion(service, 'Elixir', '1.19', 2);
    const { port, health } = debianImage(service);
    const phoenix = usesFramework(service, 'phoenix');
    const name = releaseName(service);
    const image = `elixir:${tag}`;
    const home = join('/app', layout.folder);
    const release = name === null ? '' : ` ${shellQuote(name)}`;
    return [
      ...assetStages(service),
      ...manifestStage(image, ['mix.exs', 'mix.lock', '.formatter.exs'], ['config']),
      comment(note),
      from(image, 'build'),
      ...nodeAtHand(service),
      env({ MIX_ENV: 'prod', LANG: 'C.UTF-8' }),
      run(['mix local.hex --force', 'mix local.rebar --force']),
      workdir('/app'),
      comment(
        'Dependencies first: this layer changes with the manifests and the configuration only.',
      ),
      copy({ from: 'manifests', sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(home)] : []),
      run(['mix deps.get --only prod', 'mix deps.compile'], hex),
      ...(layout.workspace ? [workdir('/app')] : []),
      copy({ sources: ['.'], to: './' }),
      ...assetCopies(service),
      ...assetInstalls(service),
      ...(layout.workspace ? [workdir(home)] : []),
      ...buildSteps(service),
      run(`mix release${release} --overwrite --path /out`),
      ...(name === null ? [run(launcher)] : []),
      comment('The release brings its own Erlang; only the libraries that it links to are added.'),
      from('debian:trixie-slim'),
      ...aptInstall([
        'ca-certificates',
        'libncurses6',
        'libstdc++6',
        'openssl',
        ...systemPackages(service),
      ]),
      addUser(),
      env({
        LANG: 'C.UTF-8',
        HOME: '/tmp',
        RELEASE_TMP: '/tmp',
        ...(phoenix ? { PHX_SERVER: 'true' } : {}),
        ...(port !== null && (phoenix || readsEnv(service, 'PORT')) ? { PORT: port } : {}),
      }),
      workdir('/app'),
      copy({ from: 'build', chown: `${appUid}:${appUid}`, sources: ['/out/'], to: './' }),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      cmd([name === null ? '/app/bin/start-release' : `/app/bin/${name}`, 'start']),
    ];
  },
  ignore: () => [
    '**/_build',
    '**/deps',
    '**/.elixir_ls',
    '**/node_modules',
    '**/cover',
    'priv/static/assets',
  ],
};
