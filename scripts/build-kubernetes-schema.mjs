// Builds resources/schemas/kubernetes.json, the compact field tables that the Kubernetes validator
// walks, from an unpacked `kubernetes-models` npm package (its validators are compiled from the
// official OpenAPI document; this reads the facts back out of them). Run it by hand for an update:
//   npm pack kubernetes-models @kubernetes-models/apimachinery, unpack both, then
//   node scripts/build-kubernetes-schema.mjs DIR-OF-kubernetes-models DIR-OF-apimachinery KUBERNETES-VERSION
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [modelsDir, machineryDir, kubernetesVersion] = process.argv.slice(2);
if (!modelsDir || !machineryDir || !kubernetesVersion) {
  console.error(
    'usage: build-kubernetes-schema.mjs MODELS_DIR APIMACHINERY_DIR KUBERNETES_VERSION',
  );
  process.exit(2);
}

const special = {
  IoK8sApimachineryPkgApiResourceQuantity: 'quantity',
  IoK8sApimachineryPkgUtilIntstrIntOrString: 'int-or-string',
  IoK8sApimachineryPkgRuntimeRawExtension: 'any',
  // A CRD's own schema is recursive JSON Schema, which is not ours to judge.
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaProps: 'any',
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceSubresourceStatus: 'any',
  IoK8sApimachineryPkgApisMetaV1FieldsV1: 'any',
  IoK8sApimachineryPkgApisMetaV1Time: 'date-time',
  IoK8sApimachineryPkgApisMetaV1MicroTime: 'date-time',
};
const defs = {};
const pending = [];

/** Short stable name of a definition: the last part of its group and its own name. */
const shortName = (name) =>
  name.replace(/^IoK8s(ApiextensionsApiserver|Apimachinery|KubeAggregator|Api)(Pkg)?(Apis)?/, '');

function refTo(name) {
  if (special[name]) return special[name];
  const short = shortName(name);
  if (!(short in defs)) {
    defs[short] = null;
    pending.push(name);
  }
  return `#${short}`;
}

function sourceOf(name) {
  for (const dir of [modelsDir, machineryDir]) {
    try {
      return readFileSync(join(dir, '_schemas', `${name}.js`), 'utf8');
    } catch {
      // The definition is in the other package.
    }
  }
  throw new Error(`no schema for ${name}`);
}

/** Splits a compiled module into its functions, and reads one type out of each. */
function readModule(source, name) {
  let inlined = 0;
  const imports = new Map();
  for (const m of source.matchAll(/import\{validate as (\w+)\}from"[^"]*?(\w+?)(?:\.js)?"/g)) {
    imports.set(m[1], m[2]);
  }
  const enums = new Map();
  for (const m of source.matchAll(/let (schema\d+_enum)=(\[.*?\]);/g))
    enums.set(m[1], JSON.parse(m[2]));
  const formats = new Map();
  for (const m of source.matchAll(/let (formats\d+)=formats(?:\.(\w+)|\["([\w-]+)"\])/g)) {
    formats.set(m[1], m[2] ?? m[3]);
  }
  const bodies = new Map();
  for (const m of source.matchAll(
    /function (validate\d+)\(data,(.*?\1\.errors=vErrors,0===errors\})/g,
  )) {
    bodies.set(m[1], m[2]);
  }
  const typeOf = (fn) => {
    if (imports.has(fn)) return refTo(imports.get(fn));
    const body = bodies.get(fn);
    if (body === undefined) throw new Error(`no body of ${fn}`);
    const items = /(validate\d+)\(data\[i0\]/.exec(body);
    if (items) return { array: typeOf(items[1]) };
    const values = /(validate\d+)\(data\[key0\]/.exec(body);
    const properties = readProperties(body);
    if (values && properties === null) return { map: typeOf(values[1]) };
    if (properties) return { object: properties };
    const through = /(validate\d+)\(data,\{instancePath,/.exec(body);
    if (through) return typeOf(through[1]);
    const allowed = /allowedValues:(schema\d+_enum)/.exec(body);
    if (allowed) return { enum: enums.get(allowed[1]) };
    const type = /params:\{type:"(\w+)"\}/.exec(body)?.[1];
    if (type === 'integer') return 'integer';
    if (type === 'string' && body.includes('format:"date-time"')) return 'date-time';
    if (type === 'object') return { map: 'any' };
    if (type === 'array') return { array: 'any' };
    return type ?? 'any';
  };
  const readProperties = (body) => {
    const found = {};
    for (const m of body.matchAll(
      /(validate\d+)\(data(?:\.[\w$]+|\["[^"]+"\]),\{instancePath:instancePath\+"\/((?:[^"\\]|\\.)*)"/g,
    )) {
      found[m[2].replaceAll('~1', '/').replaceAll('~0', '~')] = m[1];
    }
    if (Object.keys(found).length === 0) return null;
    const required = [...body.matchAll(/missingProperty:"([^"]+)"/g)].map((m) => m[1]);
    const fields = Object.fromEntries(
      Object.entries(found)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, fn]) => [k, typeOf(fn)]),
    );
    return required.length > 0 ? { required, fields } : { fields };
  };
  // An object that is written out in place becomes a definition of its own.
  const outer = /export const validate=(validate\d+);/.exec(source)[1];
  const named = (type) => {
    if (typeof type === 'string' || type.enum) return type;
    if (type.array) return { array: named(type.array) };
    if (type.map) return { map: named(type.map) };
    const short = `${shortName(name)}Inline${++inlined}`;
    defs[short] = type.object;
    return `#${short}`;
  };
  const type = typeOf(outer);
  if (!type.object) throw new Error(`${name} is not an object`);
  for (const [key, field] of Object.entries(type.object.fields))
    type.object.fields[key] = named(field);
  return type.object;
}

const kinds = {};
for (const file of readdirSync(join(modelsDir, '_schemas')).sort()) {
  if (!file.endsWith('.js') || file.endsWith('List.js')) continue;
  const name = file.slice(0, -3);
  const source = readFileSync(join(modelsDir, '_schemas', file), 'utf8');
  const apiVersion = /let \w+_enum=\["((?:[\w.-]+\/)?v\d\w*)"\]/.exec(source)?.[1];
  const kind = /let \w+_enum=\["([A-Z]\w+)"\]/.exec(source)?.[1];
  // Beta versions in the package are those that the served API no longer has.
  if (
    !apiVersion ||
    apiVersion.includes('beta') ||
    !kind ||
    !source.includes('instancePath+"/kind"') ||
    !name.endsWith(kind)
  )
    continue;
  const ref = refTo(name);
  kinds[apiVersion] ??= {};
  kinds[apiVersion][kind] = ref.slice(1);
}
kinds.v1.List = 'List';
defs.List = {
  required: ['items'],
  fields: { apiVersion: 'string', kind: 'string', metadata: 'any', items: { array: 'any' } },
};
while (pending.length > 0) {
  const name = pending.pop();
  defs[shortName(name)] = readModule(sourceOf(name), name);
}
// A status is written by the cluster, never by a manifest's author.
for (const byKind of Object.values(kinds)) {
  for (const def of Object.values(byKind))
    if (defs[def].fields?.status) defs[def].fields.status = 'any';
}
// The package takes every `description` for documentation, these two fields among them.
for (const name of ['ApiextensionsV1CustomResourceColumnDefinition', 'SchedulingV1PriorityClass'])
  defs[name].fields.description = 'string';
// Values that the server keeps in its code (pkg/apis/*/validation) and does not publish.
const closed = [
  ['MetaV1LabelSelectorRequirement', 'operator', ['DoesNotExist', 'Exists', 'In', 'NotIn']],
  ['RbacV1RoleRef', 'kind', ['ClusterRole', 'Role']],
  ['RbacV1Subject', 'kind', ['Group', 'ServiceAccount', 'User']],
];
for (const [name, field, values] of closed) defs[name].fields[field] = { enum: values };
const reachable = {};
const visit = (type) => {
  if (typeof type === 'string') {
    if (type.startsWith('#') && !(type.slice(1) in reachable)) {
      reachable[type.slice(1)] = defs[type.slice(1)];
      visit(defs[type.slice(1)]);
    }
  } else if (type && !type.enum) for (const t of Object.values(type.fields ?? type)) visit(t);
};
for (const byKind of Object.values(kinds))
  for (const def of Object.values(byKind)) visit(`#${def}`);
const { version } = JSON.parse(readFileSync(join(modelsDir, 'package.json'), 'utf8'));
const sorted = Object.fromEntries(Object.entries(reachable).sort(([a], [b]) => (a < b ? -1 : 1)));
const out = {
  kubernetes: kubernetesVersion,
  from: `kubernetes-models ${version}`,
  kinds,
  defs: sorted,
};
const text = `${JSON.stringify(out)}\n`;
writeFileSync(new URL('../resources/schemas/kubernetes.json', import.meta.url), text);
console.log(`${Object.keys(sorted).length} definitions, ${text.length} bytes`);
