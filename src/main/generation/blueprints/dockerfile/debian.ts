import type { Service } from '#shared/scan.ts';
import { type CacheMount, run } from './instructions.ts';
import { appUid } from './stack.ts';

const aptCaches: readonly CacheMount[] = [
  { target: '/var/cache/apt', sharing: 'locked' },
  { target: '/var/lib/apt', sharing: 'locked' },
];

/** Debian packages that client libraries of a backing service need at run time. */
const clientLibraries: Readonly<Partial<Record<Service['backingServices'][number], string>>> = {
  postgres: 'libpq5',
  mysql: 'libmariadb3',
  mariadb: 'libmariadb3',
};

/** Installs Debian packages with apt's caches in mounts; nothing for none. Odd names are left out. */
export function aptInstall(packages: readonly string[]): readonly string[] {
  const names = [...new Set(packages)].filter((name) => /^[a-z0-9][a-z0-9+.-]+$/.test(name)).sort();
  if (names.length === 0) return [];
  return [
    run(
      [
        'rm -f /etc/apt/apt.conf.d/docker-clean',
        'apt-get update',
        `apt-get install -y --no-install-recommends ${names.join(' ')}`,
      ],
      aptCaches,
    ),
  ];
}

/** The service's own system packages, with the client libraries of its databases when asked. */
export function systemPackages(service: Service, withClients = false): readonly string[] {
  const clients = withClients
    ? service.backingServices.map((name) => clientLibraries[name] ?? '')
    : [];
  return [...service.systemPackages, ...clients];
}

/** Adds the user {@link appUid} to a Debian image. */
export function addUser(): string {
  return run([
    `groupadd --system --gid ${appUid} app`,
    `useradd --system --no-log-init --uid ${appUid} --gid ${appUid} --home-dir /app --no-create-home app`,
  ]);
}
