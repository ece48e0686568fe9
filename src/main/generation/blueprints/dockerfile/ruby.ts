import type { Service } from '#shared/scan.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
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
import { appUid, readsEnv, type Stack, servedPort, usesFramework } from './stack.ts';
import { startCommand } from './start.ts';
import { imageVersion } from './version.ts';

function bundlerEnv(service: Service): string {
  return env({
    BUNDLE_PATH: '/usr/local/bundle',
    BUNDLE_WITHOUT: service.kind === 'static' ? 'test' : 'development:test',
    ...(service.lockfile === null ? {} : { BUNDLE_DEPLOYMENT: 1 }),
  });
}

/** Stages up to `build`, with the gems in `/usr/local/bundle`; shared with static sites. */
export function rubyBuildStages(service: Service, layout: Layout): readonly string[] {
  const { tag, note } = imageVersion(service, 'Ruby', '4.0');
  const names = ['Gemfile*', '*.gemspec', '.ruby-version', '.tool-versions'];
  const manifests = layout.workspace
    ? copy({ from: 'manifests', sources: ['/app'], to: './' })
    : copy({
        sources: ['Gemfile*', '*.gemspec', '.ruby-version*', '.tool-versions*'],
        to: './',
        pattern: true,
      });
  const rails = usesFramework(service, 'rails', 'rubyonrails');
  return [
    ...(layout.workspace ? manifestStage(`ruby:${tag}`, names) : []),
    comment(note),
    from(`ruby:${tag}`, 'build'),
    bundlerEnv(service),
    env({ BUNDLE_GLOBAL_GEM_CACHE: 'true' }),
    workdir('/app'),
    comment('Dependencies first: this layer changes with the Gemfile only.'),
    manifests,
    run('bundle install --jobs 4 --retry 3', [{ target: '/root/.bundle/cache' }]),
    copy({ sources: ['.'], to: './' }),
    ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
    ...(service.build && rails ? [env({ RAILS_ENV: 'production' }), keyBaseNote] : []),
    ...(service.build ? [run(rails ? withKeyBase(service.build) : service.build)] : []),
  ];
}

const keyBaseNote = comment('The build needs a key base but must not know the real one.');

/** For this command alone: Docker warns of an ENV with such a name, which would stay in the image. */
function withKeyBase(build: string): string {
  const known = build.startsWith('SECRET_KEY_BASE_DUMMY=');
  return known ? build : `export SECRET_KEY_BASE_DUMMY=1 && ${build}`;
}

/** Rack servers listen on localhost in development mode unless told otherwise. */
function withHost(argv: readonly string[], port: number | null): readonly string[] {
  const words = argv[0] === 'bundle' && argv[1] === 'exec' ? argv.slice(2) : argv;
  const program = words[0]?.split('/').at(-1) ?? '';
  const serves =
    (program === 'rails' && /^s(?:erver)?$/.test(words[1] ?? '')) || program === 'rackup';
  const flag = program === 'rackup' ? ['-o', '--host'] : ['-b', '--binding'];
  if (!serves || port === null || argv.some((word) => flag.some((name) => word.startsWith(name))))
    return argv;
  const portFlag = argv.some((word) => /^(?:-p|--port)/.test(word)) ? [] : ['-p', String(port)];
  return [...argv, flag[0] ?? '-b', '0.0.0.0', ...portFlag];
}

function rubyCheck(service: Service, port: number): readonly string[] {
  const path = service.healthPath?.replace(/[^\w\-./~%?&=]/g, '') ?? '';
  const script = path.startsWith('/')
    ? `require 'net/http'; exit Net::HTTP.get_response('127.0.0.1', '${path}', ${port}).is_a?(Net::HTTPSuccess)`
    : `require 'socket'; TCPSocket.new('127.0.0.1', ${port}).close`;
  return ['ruby', '-e', script];
}

/** Ruby with the gems that a full image compiled, in a slim one. */
export const rubyStack: Stack = {
  image(service) {
    const port = servedPort(service);
    const rails = usesFramework(service, 'rails', 'rubyonrails');
    return {
      uid: appUid,
      gid: appUid,
      port,
      writable: rails ? ['tmp', 'log'] : [],
      health: port === null ? null : rubyCheck(service, port),
    };
  },
  dockerfile(service, layout) {
    const { tag } = imageVersion(service, 'Ruby', '4.0');
    const { port, health } = this.image(service);
    const rails = usesFramework(service, 'rails', 'rubyonrails');
    return [
      ...rubyBuildStages(service, layout),
      from(`ruby:${tag}-slim`),
      bundlerEnv(service),
      env({
        ...(rails
          ? { RAILS_ENV: 'production', RAILS_LOG_TO_STDOUT: 1, RAILS_SERVE_STATIC_FILES: 1 }
          : { RACK_ENV: 'production', APP_ENV: 'production' }),
        ...(port !== null && (rails || readsEnv(service, 'PORT')) ? { PORT: port } : {}),
      }),
      ...aptInstall(systemPackages(service, true)),
      addUser(),
      workdir('/app'),
      copy({ from: 'build', sources: ['/usr/local/bundle'], to: '/usr/local/bundle' }),
      copy({ from: 'build', chown: `${appUid}:${appUid}`, sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health, 40)] : []),
      ...startCommand(service.start, (argv) => withHost(argv, port)),
    ];
  },
  ignore: () => [
    '**/.bundle',
    '**/vendor/bundle',
    '**/log/*',
    '**/tmp/*',
    '**/coverage',
    '**/node_modules',
  ],
};
