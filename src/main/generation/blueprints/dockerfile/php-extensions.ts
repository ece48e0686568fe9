import type { BackingService, Service } from '#shared/scan.ts';
import { usesFramework } from './stack.ts';

/** Extensions that clients of the systems need, by what the installer of the PHP images calls them. */
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
export function wantedExtensions(service: Service): readonly string[] {
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
export function isExtension(name: string): boolean {
  return /^php-[a-z0-9-]+$/.test(name);
}
