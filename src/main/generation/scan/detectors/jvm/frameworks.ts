import type { Draft, Place } from '../../draft.ts';

/** A library by its coordinates, `group:artifact`, and where it is asked for. */
export type Library = { readonly name: string; readonly at: Place };

type Known = {
  readonly framework: string;
  readonly pattern: RegExp;
  /** Port that it listens on when nothing says another; null where the program must say. */
  readonly port: number | null;
};

const known: readonly Known[] = [
  { framework: 'quarkus', pattern: /^io\.quarkus[\w.-]*:/, port: 8080 },
  { framework: 'micronaut', pattern: /^io\.micronaut[\w.]*:/, port: 8080 },
  { framework: 'spring-boot', pattern: /^org\.springframework\.(?:boot|cloud):/, port: 8080 },
  { framework: 'ktor', pattern: /^io\.ktor:ktor-server/, port: null },
  { framework: 'dropwizard', pattern: /^io\.dropwizard:dropwizard-core/, port: 8080 },
  { framework: 'helidon', pattern: /^io\.helidon\b/, port: 8080 },
  { framework: 'vertx', pattern: /^io\.vertx:vertx-web$/, port: null },
  { framework: 'vertx', pattern: /^io\.vertx:vertx-core$/, port: null },
  { framework: 'play', pattern: /^(?:com\.typesafe\.play|org\.playframework):play/, port: 9000 },
  { framework: 'http4s', pattern: /^org\.http4s:/, port: 8080 },
  { framework: 'akka-http', pattern: /:(?:akka|pekko)-http/, port: null },
  { framework: 'zio-http', pattern: /^dev\.zio:zio-http/, port: 8080 },
  { framework: 'javalin', pattern: /^io\.javalin:javalin/, port: null },
  { framework: 'spark', pattern: /^com\.sparkjava:spark-core/, port: 4567 },
  { framework: 'http4k', pattern: /^org\.http4k:/, port: null },
  { framework: 'ratpack', pattern: /^io\.ratpack:/, port: 5050 },
  {
    framework: 'jetty',
    pattern: /^org\.eclipse\.jetty(?:\.\w+)?:jetty-(?:ee\d+-)?(?:server|servlet|webapp)$/,
    port: null,
  },
  { framework: 'tomcat', pattern: /^org\.apache\.tomcat\.embed:tomcat-embed-core$/, port: null },
  { framework: 'undertow', pattern: /^io\.undertow:undertow-(?:core|servlet)$/, port: null },
  { framework: 'nanohttpd', pattern: /^(?:org|com)\.nanohttpd:nanohttpd\b/, port: null },
  { framework: 'grpc', pattern: /^io\.grpc:grpc-/, port: null },
];

/** Libraries of Spring that open a port; without one, a Spring program is a worker or a job. */
const springWeb =
  /:spring-boot-(?:starter-)?(?:web|webmvc|webflux|jersey|graphql|data-rest|hateoas|websocket|web-services|rsocket|restclient-server)|:spring-cloud-(?:config-server|starter-gateway|starter-netflix-eureka-server)|:spring-boot-admin-(?:starter-)?server|:zipkin-server|:spring-boot-starter-actuator-web/;
const springBatch = /:spring-boot-starter-batch|:spring-cloud-starter-task/;

/** Web libraries of Quarkus and Micronaut, whose cores open no port. */
const quarkusWeb =
  /:quarkus-(?:rest|resteasy|vertx-http|reactive-routes|smallrye-graphql|grpc|undertow|spring-web|qute-web|websockets|qute$|flyway|smallrye-health)|:quarkus-.*(?:rest|http|web)/;

/**
 * Sets the framework by the libraries, says what the service is, and gives the framework's own port.
 * Returns the framework, null where none is known.
 */
export function applyFramework(
  draft: Draft,
  libraries: readonly Library[],
  entry: Place,
  listens: Place | undefined,
): string | null {
  for (const { name, at } of libraries) draft.dependsOn(name, at);
  for (const { framework, pattern, port } of known) {
    const seen = libraries.find(({ name }) => pattern.test(name));
    if (!seen) continue;
    draft.set('framework', framework, seen.at);
    if (framework === 'spring-boot') describeSpring(draft, libraries, seen.at);
    else if (framework === 'quarkus' && !libraries.some(({ name }) => quarkusWeb.test(name)))
      draft.is('worker', seen.at);
    else if (framework === 'grpc') describeByClients(draft, libraries, listens, seen.at);
    else draft.is('web', seen.at);
    if (port !== null && draft.kind === 'web') draft.port(port, 'framework', seen.at);
    noteHealth(draft, framework, libraries);
    return framework;
  }
  describeByClients(draft, libraries, listens, entry);
  return null;
}

/** Where no framework tells: what listens is a web service, what consumes messages a worker. */
function describeByClients(
  draft: Draft,
  libraries: readonly Library[],
  listens: Place | undefined,
  at: Place,
): void {
  const consumes = libraries.find(({ name }) =>
    /:kafka-clients|:amqp-client|:kafka-streams|:jnats/.test(name),
  );
  if (listens) draft.is('web', { file: listens.file, line: listens.line });
  else if (consumes) draft.is('worker', consumes.at);
  else draft.is('cli', at);
}

function describeSpring(draft: Draft, libraries: readonly Library[], at: Place): void {
  const web = libraries.find(({ name }) => springWeb.test(name));
  const batch = libraries.find(({ name }) => springBatch.test(name));
  if (web) draft.is('web', web.at);
  else if (batch) draft.is('job', batch.at);
  else draft.is('worker', at);
}

function noteHealth(draft: Draft, framework: string, libraries: readonly Library[]): void {
  const path = (
    [
      ['spring-boot', /:spring-boot-starter-actuator$/, '/actuator/health'],
      ['quarkus', /:quarkus-smallrye-health$/, '/q/health'],
      ['micronaut', /:micronaut-management$/, '/health'],
    ] as const
  ).find(([name]) => name === framework);
  const seen = path && libraries.find(({ name }) => path[1].test(name));
  if (path && seen && draft.kind === 'web') draft.set('healthPath', path[2], seen.at);
}
