// Builds resources/schemas/prometheus-operator.json, the field tables of the Prometheus operator's
// objects that are judged, from an unpacked `@kubernetes-models/prometheus-operator` npm package (its
// types are generated from the operator's CRDs). Run it by hand for an update:
//   npm pack @kubernetes-models/prometheus-operator, unpack it, then
//   node scripts/build-prometheus-operator-schema.mjs DIR-OF-THE-PACKAGE
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dir = process.argv[2];
if (!dir) {
  console.error('usage: build-prometheus-operator-schema.mjs PACKAGE_DIR');
  process.exit(2);
}

const apiVersion = 'monitoring.coreos.com/v1';
const judged = ['PodMonitor', 'PrometheusRule', 'ServiceMonitor'];
/** Types of other packages, by the names that resources/schemas/kubernetes.json has for them. */
const foreign = {
  IIoK8sApimachineryPkgApisMetaV1ObjectMeta: '#MetaV1ObjectMeta',
  IIoK8sApimachineryPkgApisMetaV1LabelSelector: '#MetaV1LabelSelector',
  IIoK8sApiCoreV1SecretKeySelector: '#CoreV1SecretKeySelector',
  IIoK8sApiCoreV1ConfigMapKeySelector: '#CoreV1ConfigMapKeySelector',
  IIoK8sApimachineryPkgApiResourceQuantity: 'quantity',
  IIoK8sApimachineryPkgUtilIntstrIntOrString: 'int-or-string',
};
const own = 'IComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1';
const defs = {};

function typeOf(text) {
  const type = text.trim();
  if (foreign[type]) return foreign[type];
  if (type === 'string' || type === 'boolean' || type === 'number') return type;
  const array = /^Array<(.*)>$/s.exec(type);
  if (array) return { array: typeOf(array[1]) };
  const map = /^\{\s*\[key: string\]: (.*);\s*\}$/s.exec(type);
  if (map) return { map: typeOf(map[1]) };
  if (/^"[^"]*"(?: \| "[^"]*")*$/.test(type)) {
    return { enum: [...type.matchAll(/"([^"]*)"/g)].map((m) => m[1]) };
  }
  if (type.startsWith(own)) return named(type.slice(own.length));
  return 'any';
}

function named(name) {
  const source = readFileSync(join(dir, apiVersion, `${name}.d.ts`), 'utf8').replace(
    /\/\*\*.*?\*\//gs,
    '',
  );
  const alias = new RegExp(`export type I${name} = (.*?);\n`).exec(source);
  if (alias) return typeOf(alias[1]);
  const key = `Monitoring${name}`;
  if (key in defs) return `#${key}`;
  const definition = { fields: {} };
  defs[key] = definition;
  const body = /export declare class \w+ [^{]*\{(.*)\n\}/s.exec(source)[1];
  const required = [];
  for (const m of body.matchAll(
    /^ {4}"(\w+)"(\?)?: (.*?);\n(?= {4}"| {4}static| {4}constructor)/gms,
  )) {
    // A status is written by the cluster, never by a manifest's author.
    definition.fields[m[1]] = m[1] === 'status' ? 'any' : typeOf(m[3]);
    if (!m[2]) required.push(m[1]);
  }
  if (required.length > 0) defs[key] = { required, fields: definition.fields };
  return `#${key}`;
}

const kinds = Object.fromEntries(judged.map((kind) => [kind, named(kind).slice(1)]));
const { version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
const from = `@kubernetes-models/prometheus-operator ${version}`;
const sorted = Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = `${JSON.stringify({ from, kinds: { [apiVersion]: kinds }, defs: sorted })}\n`;
writeFileSync(new URL('../resources/schemas/prometheus-operator.json', import.meta.url), text);
console.log(`${Object.keys(sorted).length} definitions, ${text.length} bytes`);
