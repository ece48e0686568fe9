/** What answers requests: the standard library, gin, gRPC, or nothing that could be watched. */
export type GoKind = 'http' | 'gin' | 'grpc' | 'none';

const sdkVersion = 'v1.38.0';
const watcher = {
  http: 'go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp',
  gin: 'go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin',
  grpc: 'go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc',
} as const;

/**
 * The modules that {@link goFile} needs, with versions that fit together: those of the API that go.mod has
 * already, where that is a later one.
 */
export function goModules(kind: GoKind, mod: string): Readonly<Record<string, string>> {
  const known = /^\s*(?:require )?go\.opentelemetry\.io\/otel v1\.(\d+)\.\d+/m.exec(mod);
  const isLater = Number(known?.[1] ?? 0) > Number(sdkVersion.split('.')[1]);
  const sdk = isLater ? `v1.${known?.[1]}.0` : sdkVersion;
  // Both are released together, 25 minor versions apart.
  const contrib = `v0.${Number(sdk.split('.')[1]) + 25}.0`;
  return {
    ...(kind === 'none' ? {} : { [watcher[kind]]: contrib }),
    'go.opentelemetry.io/otel': sdk,
    'go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp': sdk,
    'go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp': sdk,
    'go.opentelemetry.io/otel/sdk': sdk,
    'go.opentelemetry.io/otel/sdk/metric': sdk,
  };
}

const watch: Readonly<Record<GoKind, string>> = {
  none: '',
  http: `
// watched counts and traces what a handler answers; nil is the default one.
func watched(handler http.Handler) http.Handler {
	if handler == nil {
		handler = http.DefaultServeMux
	}
	return otelhttp.NewHandler(handler, "http")
}
`,
  gin: `
// watched counts and traces what an engine answers.
func watched(engine *gin.Engine) *gin.Engine {
	engine.Use(otelgin.Middleware(os.Getenv("OTEL_SERVICE_NAME")))
	return engine
}
`,
  grpc: `
// watched counts and traces the calls that a server answers.
func watched() grpc.ServerOption {
	return grpc.StatsHandler(otelgrpc.NewServerHandler())
}
`,
};

/** `otel.go`: starts the SDK, and wraps what answers requests. */
export function goFile(kind: GoKind): string {
  const standard = [
    'context',
    'log',
    ...(kind === 'http' ? ['net/http'] : []),
    ...(kind === 'gin' ? ['os'] : []),
    'time',
  ];
  const other = [
    ...(kind === 'gin' ? ['github.com/gin-gonic/gin'] : []),
    ...(kind === 'none' ? [] : [watcher[kind]]),
    'go.opentelemetry.io/otel',
    'go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp',
    'go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp',
    'go.opentelemetry.io/otel/propagation',
    'go.opentelemetry.io/otel/sdk/metric',
    'go.opentelemetry.io/otel/sdk/trace',
    ...(kind === 'grpc' ? ['google.golang.org/grpc'] : []),
  ];
  const quoted = (paths: readonly string[]) => paths.map((path) => `\t"${path}"\n`).join('');
  return `package main

import (
${quoted(standard)}
${quoted(other)})

// startTelemetry starts OpenTelemetry, which sends to OTEL_EXPORTER_OTLP_ENDPOINT as
// OTEL_SERVICE_NAME, and returns what sends the rest. Without it the service works all the same.
func startTelemetry() func() {
	ctx := context.Background()
	spans, err := otlptracehttp.New(ctx)
	if err != nil {
		log.Printf("no traces are sent: %v", err)
		return func() {}
	}
	metrics, err := otlpmetrichttp.New(ctx)
	if err != nil {
		log.Printf("no metrics are sent: %v", err)
		return func() {}
	}
	tracer := trace.NewTracerProvider(trace.WithBatcher(spans))
	meter := metric.NewMeterProvider(metric.WithReader(metric.NewPeriodicReader(metrics)))
	otel.SetTracerProvider(tracer)
	otel.SetMeterProvider(meter)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}))
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = tracer.Shutdown(ctx)
		_ = meter.Shutdown(ctx)
	}
}
${watch[kind]}`;
}
