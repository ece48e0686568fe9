// Builds resources/schemas/collector.json, the types of components that the OpenTelemetry Collector
// knows, from the manifests of its distributions. Run it by hand for an update, in a checkout of
// https://github.com/open-telemetry/opentelemetry-collector-releases:
//   node scripts/build-collector-schema.mjs CHECKOUT
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const dir = process.argv[2];
if (!dir) {
  console.error('usage: build-collector-schema.mjs CHECKOUT');
  process.exit(2);
}

/** Modules whose type is not their own name. A type may hold underscores; they are not compared. */
const renamed = {
  simpleprometheus: ['prometheussimple'],
  asapauth: ['asapclient'],
  oauth2clientauth: ['oauth2client'],
  oidcauth: ['oidc'],
  awscontainerinsight: ['awscontainerinsightreceiver'],
  'ebpf-profiler': ['profiling'],
  'exporter otlp': ['otlp', 'otlpgrpc'],
};
const kinds = ['receiver', 'processor', 'exporter', 'connector', 'extension'];
const types = Object.fromEntries(kinds.map((kind) => [kind, new Set()]));
let version = '';
const names = [
  'otelcol',
  'otelcol-contrib',
  'otelcol-k8s',
  'otelcol-otlp',
  'otelcol-ebpf-profiler',
];
for (const name of names) {
  const manifest = parse(readFileSync(join(dir, 'distributions', name, 'manifest.yaml'), 'utf8'));
  version = manifest.dist.version;
  for (const kind of kinds) {
    for (const { gomod } of manifest[`${kind}s`] ?? []) {
      const module = gomod.split(' ')[0].split('/').at(-1);
      const short = module.endsWith(kind) ? module.slice(0, -kind.length) : module;
      const own = renamed[`${kind} ${short}`] ?? renamed[short] ?? [short];
      for (const one of own) types[kind].add(one.replaceAll('_', ''));
    }
  }
}
/** What others build their collectors with: contrib's that no distribution has, and Jaeger's. */
const elsewhere = {
  extension: [
    'healthcheckv2',
    'jaegerstorage',
    'jaegerquery',
    'remotesampling',
    'remotestorage',
    'jaegermcp',
  ],
  exporter: ['jaegerstorageexporter'],
  processor: ['adaptivesampling'],
};
for (const [kind, own] of Object.entries(elsewhere)) for (const one of own) types[kind].add(one);
const lists = Object.fromEntries(kinds.map((kind) => [`${kind}s`, [...types[kind]].sort()]));
const text = `${JSON.stringify({ collector: version, ...lists }, null, 1)}\n`;
writeFileSync(new URL('../resources/schemas/collector.json', import.meta.url), text);
console.log(kinds.map((kind) => `${types[kind].size} ${kind}s`).join(', '));
