import type { BackingService, Service } from '#shared/scan.ts';
import { isTold } from '../wiring.ts';
import type { BackingSpec } from './backing/spec.ts';
import { backingSpecs } from './backing.ts';

/**
 * The systems whose password no service can be told: none reads a variable that carries it, so the
 * connection stands in the source. A password there would only lock the services out.
 */
export function unsentSystems(
  services: readonly Service[],
  systems: readonly BackingService[],
): ReadonlySet<BackingService> {
  return new Set(
    systems.filter(
      (system) =>
        backingSpecs[system].passwordVariable !== null &&
        !services.some(
          (service) =>
            service.backingServices.includes(system) && isTold(service, system, 'password'),
        ),
    ),
  );
}

/**
 * The variables of {@link unsentSystems} that hold their passwords, with what whoever fills them in has
 * to know.
 */
export function unsentPasswords(unsent: Iterable<BackingService>): ReadonlyMap<string, string> {
  return new Map(
    [...unsent].flatMap((system): (readonly [string, string])[] => {
      const name = unsentSpec(system).passwordVariable;
      return name === null
        ? []
        : [
            [
              name,
              'No source reads a variable for this password: give the one that they have in them.',
            ],
          ];
    }),
  );
}

const open: Readonly<Partial<Record<BackingService, Partial<BackingSpec>>>> = {
  redis: {
    passwordVariable: null,
    environment: {},
    command: ['redis-server', '--appendonly', 'yes'],
  },
  mongodb: { passwordVariable: null, environment: {} },
  postgres: {
    environment: {
      ...backingSpecs.postgres.environment,
      POSTGRES_USER: `\${POSTGRES_USER:-postgres}`,
      POSTGRES_DB: `\${POSTGRES_DB:-postgres}`,
    },
    health: ['CMD-SHELL', 'pg_isready -U "$$POSTGRES_USER" -d "$$POSTGRES_DB"'],
  },
};

/** How Compose runs a system that the source connects to by itself: without a password where its image permits. */
export function unsentSpec(system: BackingService): BackingSpec {
  return { ...backingSpecs[system], ...open[system] };
}

/** What the reader of the file has to know of such a system. */
export function unsentNote(system: BackingService): string {
  return unsentSpec(system).passwordVariable === null
    ? ' No password: the source reads no variable that could carry one. Only the networks of this file reach it.'
    : ' The source reads no variable for this connection: what its code or settings say must match this.';
}

/** The host that the project's own Compose file gives a system; null where it names none or several. */
export function authorsHost(services: readonly Service[], system: BackingService): string | null {
  const hosts = new Set(
    services
      .flatMap(({ evidence }) => evidence)
      .filter(({ fact, value }) => fact === 'backingHost' && value.startsWith(`${system}=`))
      .map(({ value }) => value.slice(system.length + 1)),
  );
  const [host] = hosts;
  return hosts.size === 1 && host !== undefined && /^[a-z0-9][a-z0-9-]{0,62}$/.test(host)
    ? host
    : null;
}
