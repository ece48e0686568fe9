import type { BackingService, Service } from '#shared/scan.ts';
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

const extensions: Readonly<Partial<Record<BackingService, readonly string[]>>> = {
  postgres: ['pdo_pgsql'],
  mysql: ['pdo_mysql'],
  mariadb: ['pdo_mysql'],
  sqlserver: ['pdo_sqlsrv'],
  mongodb: ['mongodb'],
  redis: ['redis'],
  memcached: ['memcached'],
  rabbitmq: ['amqp', 'sockets'],
  kafka: ['rdkafka'],
};

/** Debian's packages of PHP extensions, by what the installer of the PHP images calls them. */
const debianExtensions: Readonly<Record<string, readonly string[]>> = {
  mysql: ['pdo_mysql', 'mysqli'],
  pgsql: ['pdo_pgsql', 'pgsql'],
  // These come with every image.
  curl: [],
  mbstring: [],
  sqlite3: [],
  xml: [],
};

/** The extensions to install: those of the backing services, and those that the scan found as Debian packages. */
function wantedExtensions(service: Service): readonly string[] {
  const named = service.systemPackages
    .filter(isExtension)
    .map((name) => name.slice('php-'.length))
    .flatMap((name) => debianExtensions[name] ?? [name.replaceAll('-', '_')]);
  return [
    ...new Set([
      'opcache',
      // Laravel's workers stop by signals.
      ...(usesFramework(service, 'laravel') ? ['pcntl'] : []),
      ...service.backingServices.flatMap((name) => extensions[name] ?? []),
      ...named,
    ]),
  ];
}

/** A package that brings an extension to Debian's PHP; the images have a PHP of their own. */
function isExtension(name: string): boolean {
  return /^php-[a-z0-9-]+$/.test(name);
}

/** PHP's own servers are for development; Apache serves instead, unless a production server is named. */
function servesByApache(service: Service): boolean {
  const start = service.start ?? '';
  const development = /^php\s+(?:-S|artisan\s+serve|bin\/console\s+server)|^symfony\s/.test(start);
  return service.kind === 'web' && (start === '' || development || /apache|php-fpm/.test(start));
}

function apachePort(service: Service): number {
  const port = service.ports[0] ?? 8080;
  return port < 1024 ? 8080 : port;
}

function documentRoot(service: Service): string {
  const named = /\s-t\s*(?:=\s*)?([\w./-]+)/.exec(service.start ?? '')?.[1]?.replace(/^\.\//, '');
  if (named && !named.startsWith('/') && !named.includes('..')) return named;
  return usesFramework(service, 'laravel', 'symfony', 'slim', 'laminas', 'lumen') ? 'public' : '';
}

/** The program that answers where no file does: the script that the start command names, else index.php. */
function frontController(service: Service): string {
  return (
    /^php\s+-S\s+\S+(?:\s+-t\s+\S+)?\s+([\w.-]+\.php)$/.exec(service.start ?? '')?.[1] ??
    'index.php'
  );
}

function apache(service: Service, home: string): readonly string[] {
  const port = apachePort(service);
  const root = join(home, documentRoot(service)).replace(/[^\w./-]/g, '?');
  const front = frontController(service);
  const index = front === 'index.php' ? '' : `'DirectoryIndex ${front}' `;
  return [
    comment('Apache on an unprivileged port, with rewriting for front controllers.'),
    run([
      'a2enmod rewrite headers',
      `sed -ri 's/^Listen 80$/Listen ${port}/' /etc/apache2/ports.conf`,
      `sed -ri 's!\\*:80>!*:${port}>!; s!/var/www/html!${root}!' /etc/apache2/sites-available/000-default.conf`,
      `printf '%s\\n' '<Directory ${root}>' 'AllowOverride All' 'Require all granted' ${index}'FallbackResource /${front}' '</Directory>' 'ServerName localhost' 'ServerTokens Prod' > /etc/apache2/conf-enabled/app.conf`,
    ]),
  ];
}

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

/** Whether the build bundles assets by Node.js, which the PHP images lack. */
function buildsAssets(service: Service): boolean {
  return /^(?:npm|pnpm|yarn|npx)\b/.test(service.build ?? '');
}

function assetStage(service: Service, home: string): readonly string[] {
  if (!service.build || !buildsAssets(service)) return [];
  return [
    comment('Assets, bundled by Node.js, which is not part of the final image.'),
    from('node:26', 'assets'),
    run('npm install --global --force corepack@0.34 && corepack enable', [
      { target: '/root/.npm' },
    ]),
    workdir('/app'),
    comment('Bundlers read files of the vendor folder too.'),
    copy({ from: 'build', sources: ['/app'], to: './' }),
    workdir(home),
    run(service.build, [{ target: '/root/.npm' }]),
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
      ...(service.build && !buildsAssets(service) ? [run(service.build)] : []),
      ...assetStage(service, home),
      from('base'),
      copy({ from: 'build', chown: `${uid}:${uid}`, sources: ['/app'], to: './' }),
      ...(buildsAssets(service)
        ? [
            copy({
              from: 'assets',
              chown: `${uid}:${uid}`,
              sources: [`${home}/public/`],
              to: `${home}/public/`,
            }),
          ]
        : []),
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
