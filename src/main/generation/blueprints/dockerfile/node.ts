import type { Service } from '#shared/scan.ts';
import { buildEnv } from '../env-class.ts';
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
import { join, type Layout } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { nodeImages } from './node-images.ts';
import { nodePackages } from './node-packages.ts';
import { nodeStart } from './node-start.ts';
import { readsEnv, type Stack, servedPort, usesFramework } from './stack.ts';

const uid = 1000;

/** Stages up to `build`, which leaves the built project in `/app`; shared with static sites. */
export function nodeBuildStages(service: Service, layout: Layout): readonly string[] {
  const packages = nodePackages(service, layout);
  const { build, note } = nodeImages(service);
  const staged = layout.workspace || packages.folders;
  const dependencies =
    staged && packages.fetch !== null
      ? [...manifestStage(build, ['package.json', ...packages.files, '*.patch'], ['.yarn'])]
      : [];
  const manifests = staged
    ? copy({ from: 'manifests', sources: ['/app'], to: './' })
    : copy({
        sources: ['package.json', ...packages.files.map((file) => `${file}*`)],
        to: './',
        pattern: true,
      });
  return [
    ...assetStages(service),
    ...dependencies,
    comment(note),
    from(build, 'build'),
    ...packages.setup,
    workdir('/app'),
    ...(packages.fetch === null
      ? [copy({ sources: ['.'], to: './' }), packages.link]
      : [
          comment(
            'Dependencies first: this layer changes with the manifests only. No scripts yet.',
          ),
          manifests,
          packages.fetch,
          comment('Then the sources, and the install scripts, which may read them.'),
          copy({ sources: ['.'], to: './' }),
          packages.link,
        ]),
    ...assetCopies(service),
    ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
    ...buildArguments(service),
    ...(service.build ? [run(service.build)] : []),
  ];
}

/** Values that the bundler writes into the output: public, and given when the image is built. */
function buildArguments(service: Service): readonly string[] {
  const names = service.build ? buildEnv(service).map(({ name }) => `ARG ${name}`) : [];
  return names.length > 0
    ? [comment('Public settings that the build writes into its output.'), ...names]
    : [];
}

function finalEnv(service: Service, port: number | null): Record<string, string | number> {
  const readsPort =
    readsEnv(service, 'PORT') ||
    usesFramework(service, 'next', 'nuxt', 'remix', 'reactrouter', 'sveltekit', 'astro', 'nitro');
  const readsHost = usesFramework(
    service,
    'nuxt',
    'sveltekit',
    'astro',
    'nitro',
    'remix',
    'reactrouter',
    'solidstart',
  );
  return {
    NODE_ENV: 'production',
    ...(port !== null && readsPort ? { PORT: port } : {}),
    ...(port !== null && readsHost ? { HOST: '0.0.0.0' } : {}),
    ...(port !== null && usesFramework(service, 'next') ? { HOSTNAME: '0.0.0.0' } : {}),
  };
}

/** Programs that projects list among what only development needs. */
const developmentPrograms =
  /(?:^|\s)(?:vite|astro|ts-node|tsx|nodemon|babel-node|ng|webpack|parcel|react-scripts|vue-cli-service)(?:\s|$)/;

/** Leaves production dependencies, unless the start command itself needs the others. */
function pruneSteps(service: Service, layout: Layout, prune: string | null): readonly string[] {
  if (prune === null) return [];
  const doubtful = service.unknowns.some(({ fact }) => fact === 'start');
  if (doubtful || developmentPrograms.test(service.start ?? '')) {
    return [comment('All dependencies stay: the start command may need those of development.')];
  }
  return [
    comment('Only what production needs stays.'),
    ...(layout.workspace ? [workdir('/app')] : []),
    prune,
  ];
}

/** JavaScript and TypeScript on Node.js or Bun. */
export const nodeStack: Stack = {
  image(service) {
    const port = servedPort(service);
    const { program } = nodeImages(service);
    return {
      uid,
      gid: uid,
      port,
      writable: usesFramework(service, 'next') ? ['.next/cache'] : [],
      health: port === null ? null : fetchCheck([program, '-e'], service, port),
    };
  },
  dockerfile(service, layout) {
    const { port, health } = this.image(service);
    const packages = nodePackages(service, layout);
    const home = join('/app', layout.folder);
    const bins = layout.workspace
      ? [`${home}/node_modules/.bin`, '/app/node_modules/.bin']
      : ['/app/node_modules/.bin'];
    return [
      ...nodeBuildStages(service, layout),
      ...pruneSteps(service, layout, packages.prune),
      from(nodeImages(service).final),
      env(finalEnv(service, port)),
      ...nodePath(bins),
      ...aptInstall(systemPackages(service)),
      workdir('/app'),
      copy({ from: 'build', chown: `${uid}:${uid}`, sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(home)] : []),
      user(uid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      ...nodeStart(service, port),
    ];
  },
  ignore: () => [
    '**/node_modules',
    '**/.next',
    '**/.nuxt',
    '**/.output',
    '**/.svelte-kit',
    '**/.turbo',
    '**/coverage',
    '**/npm-debug.log*',
  ],
};

/** Puts the projects' own programs on the PATH, so that `next start` needs no package manager. */
function nodePath(bins: readonly string[]): readonly string[] {
  return bins.every((bin) => /^[\w@.+/-]+$/.test(bin))
    ? [`ENV PATH=${bins.join(':')}:$PATH`]
    : ['ENV PATH=/app/node_modules/.bin:$PATH'];
}
