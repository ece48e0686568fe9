import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { aptInstall, systemPackages } from './debian.ts';
import {
  type CacheMount,
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
import { apache, apachePort, servesByApache } from './php-apache.ts';
import { isExtension, wantedExtensions } from './php-extensions.ts';
import { type Stack, servedPort, usesFramework } from './stack.ts';
import { startCommand } from './start.ts';
import { imageVersion } from './version.ts';

/** What Laravel writes to. The folders above them hold files of the image. */
const laravelFolders = [
  'bootstrap/cache',
  'storage/framework/cache',
  'storage/framework/sessions',
  'storage/framework/views',
  'storage/logs',
];
/** The user `www-data` of the official images. */
const uid = 33;
const composerCache: readonly CacheMount[] = [{ target: '/tmp/composer' }];

function phpCheck(service: Service, port: number): readonly string[] {
  const path = service.healthPath?.replace(/[^\w\-./~%?&=]/g, '') ?? '';
  const script = path.startsWith('/')
    ? `exit(@file_get_contents('http://127.0.0.1:${port}${path}') === false ? 1 : 0);`
    : `exit(@fsockopen('127.0.0.1', ${port}) ? 0 : 1);`;
  return ['php', '-r', script];
}

/** Production dependencies by Composer, in the image that will run them, so that extensions are checked. */
function vendor(service: Service, layout: Layout): readonly string[] {
  if (service.packageManager?.toLowerCase() !== 'composer') return [];
  const home = join('/app', layout.folder);
  const manifests = ['composer.json', 'composer.lock*', 'symfony.lock*'];
  const flags = '--no-dev --prefer-dist --no-interaction --no-progress';
  return [
    comment('Dependencies first: this layer changes with the manifests only.'),
    copy({ from: 'composer:2', sources: ['/usr/bin/composer'], to: '/usr/local/bin/composer' }),
    env({ COMPOSER_ALLOW_SUPERUSER: 1, COMPOSER_CACHE_DIR: '/tmp/composer' }),
    ...(layout.workspace
      ? [copy({ sources: ['.'], to: '/app/' }), workdir(home)]
      : [copy({ sources: manifests, to: './', pattern: true })]),
    run(`composer install ${flags} --no-scripts --no-autoloader`, composerCache),
    ...(layout.workspace ? [] : [copy({ sources: ['.'], to: './' })]),
    run('composer dump-autoload --optimize --no-dev --no-interaction', composerCache),
  ];
}

/** PHP behind Apache, or by its command line for workers and application servers. */
export const phpStack: Stack = {
  image(service) {
    const port = servesByApache(service) ? apachePort(service) : servedPort(service);
    const writable = [
      ...(usesFramework(service, 'laravel') ? laravelFolders : []),
      ...(usesFramework(service, 'symfony') ? ['var'] : []),
      ...(servesByApache(service) ? ['/var/run/apache2', '/var/lock/apache2'] : []),
    ];
    return {
      uid,
      gid: uid,
      port,
      writable,
      health: port === null ? null : phpCheck(service, port),
    };
  },
  dockerfile(service, layout) {
    const { tag, note } = imageVersion(service, 'PHP', '8.5');
    const { port, health } = this.image(service);
    const isApache = servesByApache(service);
    const home = join('/app', layout.folder);
    const dependencies = vendor(service, layout);
    return [
      comment(note),
      from(`php:${tag}-${isApache ? 'apache' : 'cli'}`, 'base'),
      copy({
        from: 'mlocati/php-extension-installer:2',
        sources: ['/usr/bin/install-php-extensions'],
        to: '/usr/local/bin/',
      }),
      run(`install-php-extensions ${wantedExtensions(service).join(' ')}`),
      run('cp "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"'),
      ...aptInstall(systemPackages(service).filter((name) => !isExtension(name))),
      workdir('/app'),
      from('base', 'build'),
      ...aptInstall(['git', 'unzip']),
      ...(dependencies.length > 0 ? dependencies : [copy({ sources: ['.'], to: './' })]),
      ...(layout.workspace ? [workdir(home)] : []),
      ...(service.build && !service.assets ? [run(service.build)] : []),
      ...assetStages(service, 'build'),
      from('base'),
      copy({ from: 'build', chown: `${uid}:${uid}`, sources: ['/app'], to: './' }),
      ...assetCopies(service, `${uid}:${uid}`),
      ...(isApache ? apache(service, home) : []),
      ...(layout.workspace ? [workdir(home)] : []),
      user(uid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      ...(isApache ? ['CMD ["apache2-foreground"]'] : startCommand(service.start)),
    ];
  },
  ignore: () => [
    '**/vendor',
    '**/node_modules',
    '**/var/cache',
    '**/var/log',
    'storage/logs/*',
    '**/.phpunit*',
  ],
};
