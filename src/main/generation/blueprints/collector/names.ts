/** Names and ports of the collector, as its own manifests and those of others have them. */

/** Name of the collector's Deployment and Service; a project's label has at most 48 characters. */
export function collectorName(project: string): string {
  return `${project}-collector`;
}

/** Where services send OTLP over HTTP, which every SDK speaks. */
export const otlpHttpPort = { name: 'otlp-http', port: 4318 } as const;
/** Where services send OTLP over gRPC. */
export const otlpGrpcPort = { name: 'otlp-grpc', port: 4317 } as const;
/** Where Prometheus reads what services sent. */
export const metricsPort = { name: 'metrics', port: 8889 } as const;
/** Where the collector tells of its own health. */
export const healthPort = { name: 'health', port: 13_133 } as const;
