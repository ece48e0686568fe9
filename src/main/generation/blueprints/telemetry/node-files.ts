/** Versions that fit together, by the oldest Node that they run on. */
const lines = {
  new: { sdk: '^0.301.0', metrics: '^3.1.0', all: '^0.82.0', api: '^1.10.0' },
  old: { sdk: '^0.203.0', metrics: '^2.0.1', all: '^0.62.0', api: '^1.9.0' },
} as const;

/** The packages that a service needs; Node 22 and later take the current ones. */
export function nodePackages(runtimeVersion: string | null): Readonly<Record<string, string>> {
  const major = Number.parseInt(runtimeVersion ?? '22', 10);
  const { sdk, metrics, all, api } = lines[major >= 22 || Number.isNaN(major) ? 'new' : 'old'];
  return {
    '@opentelemetry/api': api,
    '@opentelemetry/auto-instrumentations-node': all,
    '@opentelemetry/exporter-metrics-otlp-proto': sdk,
    '@opentelemetry/instrumentation': sdk,
    '@opentelemetry/sdk-metrics': metrics,
    '@opentelemetry/sdk-node': sdk,
  };
}

const why = (
  how: string,
  install: string,
): string => `// Starts OpenTelemetry before the service: ${how}
// It sends to OTEL_EXPORTER_OTLP_ENDPOINT, as OTEL_SERVICE_NAME; without them to localhost.
// Its packages are new in package.json: run \`${install}\` once, so that the lockfile has them too.
`;

const start = `const sdk = new NodeSDK({
  instrumentations: [getNodeAutoInstrumentations()],
  metricReaders: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
});
sdk.start();
process.once('beforeExit', () => sdk.shutdown());
`;

const imports = `import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
`;

/** A module for `node --import`, which sees ES modules and CommonJS alike. */
export function esModule(install: string): string {
  return `${why('the start script loads this file first (node --import).', install)}import { register } from 'node:module';
${imports}
register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

${start}`;
}

/** A module that a CommonJS entry point requires before everything else. */
export function commonModule(install: string): string {
  const required = imports.replace(/import (.+) from (.+);/g, 'const $1 = require($2);');
  return `${why('the entry point requires this file first.', install)}${required}\n${start}`;
}

/** What Next.js calls when its server starts. */
export const nextHook = `// Next.js calls this once when its server starts (before Next.js 15: experimental.instrumentationHook).
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    await import('./instrumentation.node');
  }
}
`;

/** What {@link nextHook} loads on the server only. */
export function nextModule(install: string): string {
  return `${why('instrumentation.ts loads this file on the server.', install)}${imports}\n${start}`;
}
