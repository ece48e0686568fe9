import { type EnvVar, portVariable, type Service } from '#shared/scan.ts';

/** Names that Compose, Kubernetes and every shell accept. */
const validName = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
/** By these .NET finds services, whose names have dashes; only shells could not set them. */
const discoveryName = /^services__[A-Za-z][A-Za-z0-9-]{0,100}__https?__\d$/;
const isValid = (name: string): boolean => validName.test(name) || discoveryName.test(name);

/** Names that the platform gives to every process; a manifest that set them would break it. */
const ambient = new Set([
  'PATH',
  'HOME',
  'PWD',
  'USER',
  'SHELL',
  'LANG',
  'TERM',
  'TMPDIR',
  'TMP',
  'TEMP',
  'HOSTNAME',
  'CI',
]);

const secretWord =
  /(?:^|_)(?:SECRETS?|TOKENS?|PASSWORDS?|PASSWD|PASSPHRASE|PASS|PWD|APIKEY|KEY|KEYS|CREDENTIALS?|PRIVATE|SALT|DSN|AUTH|COOKIE|SIGNING|ENCRYPTION|WEBHOOK)(?:_|$)/;
const connectionUrl =
  /(?:^|_)(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB|MONGO|MONGODB|REDIS|AMQP|RABBITMQ|CLICKHOUSE|NEO4J|ELASTICSEARCH|OPENSEARCH|BROKER|CACHE)_?(?:URL|URI|CONNECTION|CONNECTION_STRING|DSN)$|CONNECTIONSTRINGS?_/;
/** The name of something secret tells nothing of what is in it. */
const onlyNames =
  /_(?:SECRET|KEY|TOKEN|COOKIE|CREDENTIALS?)_(?:NAME|ARN)$|^(?:SECRET|COOKIE)_NAME$/;
/** Names that a build copies into what browsers download are public by design. */
const publicPrefix = /^(?:NEXT_PUBLIC_|NUXT_PUBLIC_|VITE_|PUBLIC_|REACT_APP_|GATSBY_|EXPO_PUBLIC_)/;

const bundled = /^(?:NEXT_PUBLIC_|VITE_|REACT_APP_|VUE_APP_|GATSBY_|EXPO_PUBLIC_)/;

/** Whether a variable's value must be kept out of files, judged by its name. */
export function isSecretName(name: string): boolean {
  const upper = name.toUpperCase();
  if (publicPrefix.test(upper) || onlyNames.test(upper)) return false;
  return secretWord.test(upper) || connectionUrl.test(upper);
}

/** Whether a bundler writes the variable's value into what it builds. */
function isBuildName(service: Service, name: string): boolean {
  if (service.language !== 'javascript' && service.language !== 'typescript') return false;
  return bundled.test(name) || (service.kind === 'static' && name.startsWith('PUBLIC_'));
}

/** The variables that the build of a service needs, sorted by name; public by their nature. */
export function buildEnv(service: Service): readonly EnvVar[] {
  const byName = new Map<string, EnvVar>();
  for (const variable of service.env) {
    if (!isValid(variable.name) || !isBuildName(service, variable.name)) continue;
    if (!byName.get(variable.name)?.required) byName.set(variable.name, variable);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The variables of a service that its deployment has to give, sorted by name and without
 * duplicates; required where any place in the source requires it.
 */
export function deployedEnv(service: Service): readonly EnvVar[] {
  const byName = new Map<string, EnvVar>();
  for (const variable of service.env) {
    if (!isValid(variable.name) || ambient.has(variable.name)) continue;
    if (service.kind === 'static' || isBuildName(service, variable.name)) continue;
    const known = byName.get(variable.name);
    const required = variable.required && !isLeftOut(service, variable.name);
    if (!known || (required && !known.required))
      byName.set(variable.name, { ...variable, required });
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names that turn something on or off. */
const aSwitch = /^(?:ENABLE|DISABLE)_|_(?:ENABLED|DISABLED)$/;
/** Languages in which reading a variable that is not set gives nothing, and stops nothing. */
const lenient = new Set([
  'go',
  'java',
  'kotlin',
  'csharp',
  'fsharp',
  'javascript',
  'typescript',
  'php',
]);

/**
 * What does its work by not being set: a switch is left as it is then, which a value of any kind might
 * turn (`DISABLE_TRACING=false` disables it where the source asks only whether it is there); and every
 * SDK of OpenTelemetry has defaults of its own.
 */
function isLeftOut({ language }: Service, name: string): boolean {
  return name.startsWith('OTEL_') || (lenient.has(language) && aSwitch.test(name));
}

/** What a client of Eureka reads. */
const eurekaAddress = 'EUREKA_CLIENT_SERVICEURL_DEFAULTZONE';

/** Values that a production deployment of this language always has. */
export function runtimeEnv(
  service: Service,
  port: number | null,
): Readonly<Record<string, string>> {
  const reads = new Set(service.kind === 'static' ? [] : service.env.map(({ name }) => name));
  const told = service.evidence.find(({ fact }) => fact === portVariable)?.value;
  return {
    // An image of ours would not set it, and what runs must listen where the manifests say. What no
    // source reads is its framework's business, which ours sets as well.
    ...(told && reads.has(told) && port !== null ? { [told]: String(port) } : {}),
    ...(reads.has('NODE_ENV') ? { NODE_ENV: 'production' } : {}),
    ...(reads.has('PORT') && port !== null ? { PORT: String(port) } : {}),
    ...(reads.has('HOST') ? { HOST: '0.0.0.0' } : {}),
    // By default it registers under its host's name, and that of a pod leads nowhere.
    ...(reads.has(eurekaAddress) ? { EUREKA_INSTANCE_PREFERIPADDRESS: 'true' } : {}),
  };
}
