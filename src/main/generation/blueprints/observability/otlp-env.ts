import type { ScanResult, Service } from '#shared/scan.ts';
import { collectorName, otlpHttpPort } from '../collector/names.ts';
import { namesOf, projectLabel } from '../names.ts';
import { sendsOtlp } from './observed.ts';

/** Where an SDK sends to, by the name that all of them read. */
export const otlpEndpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/**
 * Variables that every SDK of OpenTelemetry reads, for a service that has one: who it is, and where
 * the project's collector takes what it sends. Nothing for other services.
 */
export function otlpEnv(project: ScanResult, service: Service): Readonly<Record<string, string>> {
  if (!sendsOtlp(service.metrics)) return {};
  return {
    [otlpEndpoint]: `http://${collectorName(projectLabel(project))}:${otlpHttpPort.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_SERVICE_NAME: namesOf(project, service).label,
    // SDKs that still write the metrics of older conventions write today's.
    OTEL_SEMCONV_STABILITY_OPT_IN: 'http',
  };
}
