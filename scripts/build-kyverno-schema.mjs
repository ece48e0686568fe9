// Builds resources/schemas/kyverno.json, the compact field tables that the Kyverno validator walks, from
// Kyverno's own CRDs (config/crds/kyverno of https://github.com/kyverno/kyverno). Run by hand for an update:
//   node scripts/build-kyverno-schema.mjs DIR-WITH-THE-CRDS COMMIT
// The form is that of kubernetes.json; objects of the same fields share one definition.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [folder, commit] = process.argv.slice(2);
if (!folder || !commit) {
  console.error('usage: build-kyverno-schema.mjs DIR-WITH-THE-CRDS COMMIT');
  process.exit(2);
}

const defs = {};
const names = new Map();

function typeOf(schema, hint) {
  if (schema['x-kubernetes-int-or-string']) return 'int-or-string';
  if (schema['x-kubernetes-preserve-unknown-fields']) return 'any';
  if (schema.enum) return { enum: schema.enum.map(String) };
  if (schema.type === 'array') return { array: typeOf(schema.items ?? {}, hint) };
  if (schema.type === 'object') {
    if (schema.properties) return `#${definitionOf(schema, hint)}`;
    const { additionalProperties: held } = schema;
    return held && typeof held === 'object' ? { map: typeOf(held, hint) } : 'any';
  }
  return ['string', 'integer', 'number', 'boolean'].includes(schema.type) ? schema.type : 'any';
}

function definitionOf(schema, hint) {
  const fields = Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([name]) => name !== 'status')
      .map(([name, held]) => [name, typeOf(held, name)]),
  );
  const definition = { ...(schema.required ? { required: schema.required } : {}), fields };
  const key = JSON.stringify(definition);
  if (names.has(key)) return names.get(key);
  let name = hint;
  for (let count = 2; name in defs; count++) name = `${hint}${count}`;
  names.set(key, name);
  defs[name] = definition;
  return name;
}

const kinds = {};
for (const file of ['kyverno.io_clusterpolicies.yaml', 'kyverno.io_policies.yaml']) {
  const { spec } = parse(readFileSync(join(folder, file), 'utf8'));
  for (const { name, served, schema } of spec.versions) {
    if (!served) continue;
    const root = schema.openAPIV3Schema;
    const full = { ...root, properties: { ...root.properties, metadata: {} } };
    kinds[`${spec.group}/${name}`] = {
      ...kinds[`${spec.group}/${name}`],
      [spec.names.kind]: definitionOf(full, spec.names.kind),
    };
  }
}
const output = new URL('../resources/schemas/kyverno.json', import.meta.url);
writeFileSync(output, `${JSON.stringify({ kyverno: commit, kinds, defs })}\n`);
console.log(`${Object.keys(defs).length} definitions`);
