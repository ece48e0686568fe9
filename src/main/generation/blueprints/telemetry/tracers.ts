/** What else traces a service, by the name of the package, in each ecosystem's manifest. */
const tracers: readonly (readonly [manifest: RegExp, packages: RegExp])[] = [
  [
    /package\.json$/,
    /"(@instana\/[\w-]+|dd-trace|newrelic|elastic-apm-node|applicationinsights|@azure\/monitor-opentelemetry|@google-cloud\/trace-agent|appdynamics|@dynatrace\/[\w-]+|@sentry\/(?:node|nextjs|nestjs|remix|sveltekit))"\s*:/,
  ],
  [
    /(?:requirements\.(?:txt|in)|pyproject\.toml)$/,
    /^[\s"']*(instana|ddtrace|newrelic|elastic-apm|azure-monitor-opentelemetry|appdynamics|scout-apm)\b(?!-)/m,
  ],
  [
    /(?:pom\.xml|build\.gradle(?:\.kts)?)$/,
    /\b(micrometer-tracing(?:-bridge-\w+)?|spring-boot-starter-(?:zipkin|opentelemetry)|spring-cloud-(?:starter-)?(?:sleuth|zipkin)|zipkin-reporter-brave|quarkus-opentelemetry|instana-java-sdk|dd-trace-(?:api|ot)|newrelic-api|apm-agent-(?:api|attach)|applicationinsights-[\w-]+)\b/,
  ],
  [
    /\.(?:cs|fs)proj$/,
    /Include="(Datadog\.Trace[\w.]*|NewRelic\.Agent[\w.]*|Elastic\.Apm[\w.]*|Instana[\w.]*|Microsoft\.ApplicationInsights[\w.]*|Azure\.Monitor\.OpenTelemetry[\w.]*)"/,
  ],
  [
    /go\.mod$/,
    /^\s*(?:require )?((?:github\.com\/(?:instana\/go-sensor|DataDog\/dd-trace-go|newrelic\/go-agent)|gopkg\.in\/DataDog\/dd-trace-go|go\.elastic\.co\/apm)[\w./-]*) [^\n]*(?<!indirect)\r?$/m,
  ],
];

/** A package that traces already: two tracers patch the same libraries, and each takes the other's spans for its own. */
export type Tracer = { readonly path: string; readonly line: number; readonly name: string };

/** The first of the texts' packages that traces the service, or null. */
export function tracerIn(
  paths: readonly string[],
  text: (path: string) => string | null,
): Tracer | null {
  for (const path of paths) {
    const pattern = tracers.find(([manifest]) => manifest.test(path))?.[1];
    const source = pattern ? text(path) : null;
    const found = source === null ? null : pattern?.exec(source);
    const name = found?.[1];
    if (!found || name === undefined || source === null) continue;
    const at = found.index + found[0].indexOf(name);
    return { path, name, line: source.slice(0, at).split('\n').length };
  }
  return null;
}
