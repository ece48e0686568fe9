import type { BackingService, Service } from '#shared/scan.ts';
import { backingSpecs } from '../compose/backing.ts';
import type { Connection } from '../connections.ts';
import { deployedEnv } from '../env-class.ts';
import { wiredValue } from '../wiring.ts';

/** A system that tests connect to, as a pipeline runs it beside them. */
export type TestBacking = {
  readonly system: BackingService;
  readonly image: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** The health check as one shell command without double quotes. */
  readonly health: string;
};

/** Password of databases that live as long as a test and that nothing outside its job reaches. */
const password = 'only-for-tests-1A';
/** They need a command that services of a pipeline cannot be given. */
const needsCommand: ReadonlySet<BackingService> = new Set(['minio', 'nats']);

/** The systems that the tests of a service connect to. */
export function testBackings(service: Service, host: (system: string) => string): TestBacking[] {
  return service.backingServices
    .filter((system) => !needsCommand.has(system))
    .map((system) => {
      const { image, port, environment, health } = backingSpecs[system];
      const env = Object.entries(system === 'redis' ? {} : environment).map(([name, value]) => [
        name,
        value.replace(/\$\{\w+:\?[^}]*\}/g, password).replaceAll('@host@', host(system)),
      ]);
      return { system, image, port, env: Object.fromEntries(env), health: shellLine(health) };
    });
}

/** The variables that lead a service's tests to {@link testBackings}. */
export function testEnv(
  service: Service,
  host: (system: string) => string,
): Readonly<Record<string, string>> {
  const connection = (system: BackingService): Connection => {
    const { port, user, database } = backingSpecs[system];
    const kept = system === 'redis' ? '' : password;
    return { host: host(system), port, user, password: kept, database };
  };
  const env: Record<string, string> = {};
  if (service.framework?.toLowerCase() === 'rails') env.RAILS_ENV = 'test';
  if (service.backingServices.length === 0) return env;
  for (const { name, value: said } of deployedEnv(service)) {
    // What a deployment is set to says nothing of tests.
    if (said !== undefined) continue;
    const value = wiredValue(service, name, connection)?.replace('default:@', '');
    if (value) env[name] = value;
  }
  return env;
}

function shellLine([form, ...words]: readonly string[]): string {
  const line =
    form === 'CMD-SHELL'
      ? words.join(' ')
      : words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ');
  return line
    .replace(/"\$\$(\w+)"/g, '$$$1')
    .replaceAll('$$', '$')
    .replaceAll('"', "'");
}
