// Builds resources/schemas/terraform/PROVIDER.json, the compact field tables that the Terraform
// validator walks, from what the providers publish. Run it by hand for an update, for one provider:
//   npm pack @cdktf/provider-aws, unpack it, then
//   node scripts/build-terraform-schemas.mjs aws DIR-OF-THE-PACKAGE
// and, where the provider went on since, with its documentation (website/docs) and that version:
//   node scripts/build-terraform-schemas.mjs google DIR-OF-THE-PACKAGE SOURCE-DIR VERSION
// or, for a provider that has no such package, from its source at a tag:
//   node scripts/build-terraform-schemas.mjs oci SOURCE-DIR VERSION oracle/oci MPL-2.0 GO-FOLDER…
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCdktf } from './terraform-schemas/from-cdktf.mjs';
import { readGo } from './terraform-schemas/from-go.mjs';
import { addLater } from './terraform-schemas/later.mjs';
import { wanted } from './terraform-schemas/wanted.mjs';

const [name, dir, version, address, license, ...folders] = process.argv.slice(2);
const lists = wanted[name];
if (!lists || !dir) {
  console.error(
    `usage: build-terraform-schemas.mjs ${Object.keys(wanted).join('|')} DIR [VERSION ADDRESS LICENCE GO_FOLDER…]`,
  );
  process.exit(2);
}
const sets = { resources: new Set(lists.resources), data: new Set(lists.data) };
const read =
  folders.length > 0
    ? {
        provider: address,
        version,
        license,
        ...readGo(
          folders.map((folder) => join(dir, folder)),
          sets,
        ),
      }
    : readCdktf(dir, sets);

const isOutOfSource = folders.length > 0;
// Without folders of Go, the second and third argument are the documentation and its version.
if (!isOutOfSource && version) addLater(name, read, version);

for (const kind of ['resources', 'data']) {
  for (const type of sets[kind]) if (!read[kind][type]) console.error(`missing: ${kind} ${type}`);
}

/** `string`, `number!` (required), `list(string)~` (deprecated); objects carry their fields. */
function compact({ attributes, blocks, outputs, later, min, max, deprecated }) {
  const sorted = (held, map) =>
    Object.fromEntries(
      Object.entries(held)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, map(value)]),
    );
  const made = {};
  const field = (one) => {
    const word = `${one.type}${one.required ? '!' : ''}${one.deprecated ? '~' : ''}`;
    return one.inner
      ? { type: word, ...(one.alsoBlock ? { block: true } : {}), of: compact(one.inner) }
      : word;
  };
  if (Object.keys(attributes).length > 0) made.a = sorted(attributes, field);
  if (Object.keys(blocks).length > 0) made.b = sorted(blocks, compact);
  if (outputs?.length) made.o = [...new Set(outputs)].sort().join(' ');
  if (later?.length) made.later = later.join(' ');
  if (min) made.min = min;
  if (max) made.max = max;
  if (deprecated) made.deprecated = true;
  return made;
}

const prefix = `${name}_`;
const others = (kind) =>
  [...new Set(read.names[kind])]
    .filter((type) => !read[kind][type])
    .map((type) => (type.startsWith(prefix) ? type.slice(prefix.length) : type))
    .sort()
    .join(' ');
const blocks = (kind) =>
  Object.fromEntries(
    Object.entries(read[kind])
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, block]) => [type, compact(block)]),
  );

const out = join(import.meta.dirname, '../resources/schemas/terraform');
mkdirSync(out, { recursive: true });
const { provider } = read;
const text = JSON.stringify({
  provider,
  version: read.version,
  ...(!isOutOfSource && address ? { until: address } : {}),
  resources: blocks('resources'),
  data: blocks('data'),
  otherResources: others('resources'),
  otherData: others('data'),
});
writeFileSync(join(out, `${name}.json`), `${text}\n`);
const count = (kind) =>
  `${Object.keys(read[kind]).length} of ${new Set(read.names[kind]).size} ${kind}`;
console.log(
  `${provider} ${read.version} (${read.license}): ${count('resources')}, ${count('data')}, ${Math.round(text.length / 1000)} KB`,
);
