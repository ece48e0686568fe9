// Reads resource and data types out of an unpacked npm package `@cdktf/provider-*`, which is
// generated from the provider's own schema (`terraform providers schema -json`).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The provider's address and version, every type's name, and the blocks of the wanted types. */
export function readCdktf(dir, wanted) {
  const { cdktf, license, name, version } = JSON.parse(readFileSync(join(dir, 'package.json')));
  const lib = join(dir, 'lib');
  const result = { resources: {}, data: {}, names: { resources: [], data: [] } };
  for (const folder of readdirSync(lib)) {
    const file = join(lib, folder, 'index.js');
    if (folder === 'provider' || !existsSync(file)) continue;
    const source = readFileSync(file, 'utf8');
    const type = /^\w+\.tfResourceType = "(\w+)";/m.exec(source)?.[1];
    if (!type) continue;
    const kind = /^class \w+ extends cdktf\.TerraformDataSource/m.test(source)
      ? 'data'
      : 'resources';
    if (/^class \w+ extends cdktf\.TerraformEphemeral/m.test(source)) continue;
    result.names[kind].push(type);
    if (wanted[kind].has(type)) {
      result[kind][type] = readType(
        textOf(join(lib, folder), '.d.ts'),
        textOf(join(lib, folder), '.js'),
      );
    }
  }
  const address = cdktf.provider.name.replace('registry.terraform.io/', '');
  return {
    provider: address,
    version: cdktf.provider.version,
    from: `${name} ${version}`,
    license,
    ...result,
  };
}

/** The texts of a type's folder: large ones keep their structures in files of their own. */
function textOf(folder, ending) {
  const structs = join(folder, 'index-structs');
  const files = existsSync(structs) ? readdirSync(structs).map((file) => join(structs, file)) : [];
  return [join(folder, `index${ending}`), ...files.filter((file) => file.endsWith(ending))]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

function readType(types, source) {
  const main = /export interface (\w+) extends cdktf\.TerraformMetaArguments/.exec(types)?.[1];
  const block = readInterface(types, main, hclShapes(source));
  // What only the provider sets is no argument; a reference to it is sound all the same.
  const own = source.slice(
    source.search(/^class \w+ extends cdktf\.Terraform(Resource|DataSource)/m),
  );
  const outputs = new Set();
  for (const [, attribute] of own.matchAll(/this\.get\w+Attribute\(['"](\w+)['"]\)/g))
    outputs.add(attribute);
  for (const [, attribute] of own.matchAll(/new [\w.]+\(this, ['"](\w+)['"]/g))
    outputs.add(attribute);
  const out = [...outputs].filter(
    (attribute) => !(attribute in block.attributes) && !(attribute in block.blocks),
  );
  return { ...block, outputs: out.sort() };
}

/** How each field of each structure is written: its function's name → field → {isBlock, type}. */
function hclShapes(source) {
  const shapes = new Map();
  const owners =
    /(?:^function (\w+)ToHclTerraform\(|^ {4}synthesizeHclAttributes\(\))[\s\S]*?\n {0,4}\}\n/gm;
  for (const [text, owner = 'main'] of source.matchAll(owners)) {
    const fields = new Map();
    for (const [, field, isBlock, type] of text.matchAll(
      /^ +(\w+): \{\n\s+value: .*\n\s+isBlock: (true|false),\n\s+type: "(\w+)"/gm,
    )) {
      fields.set(field, { isBlock: isBlock === 'true', type });
    }
    shapes.set(owner.toLowerCase(), fields);
  }
  return shapes;
}

function readInterface(types, name, shapes) {
  const start = types.search(new RegExp(`^export interface ${name}\\b`, 'm'));
  if (start < 0) throw new Error(`no structure ${name}`);
  const body = types.slice(start, types.indexOf('\n}', start));
  const fields = shapes.get(name.toLowerCase()) ?? shapes.get('main');
  const block = { attributes: {}, blocks: {} };
  const pattern = /\/\*\*([\s\S]*?)\*\/\s*readonly (\w+)(\??): ([\s\S]*?);\n(?=\s*(?:\/\*\*|$))/g;
  for (const [, comment, , optional, type] of `${body}\n`.matchAll(pattern)) {
    const field = /#(\w+) \w+#\w+\}/.exec(comment)?.[1];
    const required = optional === '';
    const struct = /^([A-Z]\w+)(\[\])?/.exec(type);
    const shape = fields.get(field);
    if (!struct) {
      block.attributes[field] = { type: simple(type, shape?.type), required };
      continue;
    }
    const inner = readInterface(types, struct[1], shapes);
    const many = struct[2] !== undefined;
    // With the word "block" it is one in the schema; without it, it is an attribute of objects.
    if (new RegExp(`\\* ${field} block`).test(comment)) {
      block.blocks[field] = { ...inner, min: required ? 1 : 0, max: many ? null : 1 };
    } else {
      block.attributes[field] = {
        type: many ? (shape?.type === 'map' ? 'map(object)' : 'list(object)') : 'object',
        required,
        // An old provider's list of objects, whose fields are all optional here, may be written as
        // blocks too; where one is required it is a nested attribute, which may not.
        alsoBlock:
          shape?.isBlock === true &&
          many &&
          !Object.values(inner.attributes).some((one) => one.required),
        inner,
      };
    }
  }
  return block;
}

function simple(type, shape) {
  const word = (text) =>
    /boolean/.test(text)
      ? 'bool'
      : /number/.test(text)
        ? 'number'
        : /string/.test(text)
          ? 'string'
          : 'any';
  if (type.startsWith('{')) {
    const held = /\]: (.*)/.exec(type)?.[1] ?? '';
    return `map(${held.includes('[]') ? 'any' : word(held)})`;
  }
  if (/\[\]\[\]/.test(type)) return 'list(any)';
  if (/\[\]|^\(.*\)\[\]|Array</.test(type)) return `list(${word(type)})`;
  if (shape === 'list' || shape === 'set') return 'list(any)';
  return word(type);
}
