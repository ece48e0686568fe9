// Reads resource and data types out of the source of a provider that is built with HashiCorp's
// terraform-plugin-sdk/v2: composite literals `map[string]*schema.Schema{…}`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const registrations = [
  // Some are wrapped: "ibm_x": pkg.AddFields(pkg.ResourceX()).
  /"(ibm_\w+)":\s+(?:[\w.]+\()?(?:\w+\.)?(\w*(?:Resource|Data)\w+)\(\)/g,
  /Register(?:Resource|Datasource)\("(\w+)", (?:\w+\.)?(\w+)\(\)\)/g,
];

/** Every type's name, and the blocks of the wanted types. `roots` are folders of Go sources. */
export function readGo(roots, wanted) {
  const files = roots.flatMap((root) =>
    readdirSync(root, { recursive: true })
      .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'))
      .map((file) => join(root, file)),
  );
  const functions = new Map();
  const constants = new Map();
  const registered = [];
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    for (const match of source.matchAll(
      /^func (\w+)\([^)]*\) (?:\*schema\.Resource|map\[string\]\*schema\.Schema|\*schema\.Schema) \{/gm,
    )) {
      functions.set(match[1], { source, at: match.index + match[0].length });
    }
    const folder = file.slice(0, file.lastIndexOf('/'));
    for (const [, name, value] of source.matchAll(
      /^\s*(?:const\s+)?(\w+)\s*(?:string\s*)?=\s*"([\w-]+)"\s*$/gm,
    )) {
      constants.set(`${folder}/${name}`, value);
    }
    for (const pattern of registrations) {
      for (const [, type, made] of source.matchAll(pattern)) {
        if (/Validator$/.test(made)) continue;
        const kind = /data_?source|^DataIBM/i.test(made) ? 'data' : 'resources';
        registered.push({ type, made, kind, folder });
      }
    }
    functions.folders ??= new Map();
    for (const name of functions.keys())
      if (!functions.folders.has(name)) functions.folders.set(name, folder);
  }
  const result = { resources: {}, data: {}, names: { resources: [], data: [] } };
  const unread = [];
  for (const { type, made, kind } of registered) {
    result.names[kind].push(type);
    if (!wanted[kind].has(type)) continue;
    const read = new GoReader(functions, constants, unread);
    const resource = read.functionValue(made);
    // Without a literal as its schema it is built in some other way, of which nothing is known.
    const block = typeof resource?.Schema === 'object' ? toBlock(resource.Schema, true) : undefined;
    if (block) result[kind][type] = block;
    else unread.push(`${type}: ${made}`);
  }
  for (const line of new Set(unread)) console.error(`not read: ${line}`);
  return result;
}

/** Evaluates the literals of a schema; all that is no literal is `undefined`. */
class GoReader {
  constructor(functions, constants, unread) {
    Object.assign(this, { functions, constants, unread });
  }

  functionValue(name) {
    const held = this.functions.get(name);
    if (!held) return undefined;
    const { source, at } = held;
    const folder = this.functions.folders.get(name);
    const end = source.indexOf('\n}', at);
    const body = source.slice(at, end + 1);
    const returned = /\n\treturn ([&\w])/.exec(body);
    if (!returned) return undefined;
    const literal = new Literal(source, at + returned.index + '\n\treturn '.length, folder, this);
    const value = literal.value();
    if (value !== undefined && typeof value !== 'string') return value;
    // `resource := &schema.Resource{…}` or a map that is returned by its name.
    const variable = /^\w+/.exec(body.slice(returned.index + '\n\treturn '.length))?.[0];
    const made = new RegExp(`\\n\\t${variable} :?= `).exec(body);
    if (!made) return undefined;
    return new Literal(source, at + made.index + made[0].length, folder, this).value();
  }
}

class Literal {
  constructor(source, at, folder, reader) {
    Object.assign(this, { source, at, folder, reader });
  }

  skip() {
    const space = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    space.lastIndex = this.at;
    space.exec(this.source);
    this.at = space.lastIndex;
  }

  match(pattern) {
    this.skip();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** The text of a constant of this package, or of `package.Constant`; a field's name is its own. */
  constant(word) {
    const { constants } = this.reader;
    const [pkg, name] = word.includes('.') ? word.split('.') : [null, word];
    if (pkg === null) return constants.get(`${this.folder}/${name}`) ?? word;
    const key = [...constants.keys()].find((one) => one.endsWith(`/${pkg}/${name}`));
    if (key === undefined) this.reader.unread.push(`the name of the field ${word}`);
    return constants.get(key) ?? word;
  }

  value() {
    if (this.match(/&?(?:schema\.Resource|schema\.Schema|map\[string\]\*schema\.Schema)?\{/y))
      return this.object();
    const call = this.match(/(?:\w+\.)?(\w+)\(\)/y);
    if (call) return this.reader.functionValue(call[1]);
    const text = this.match(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/y);
    if (text) return text[1] ?? text[2];
    const word = this.match(/[\w.]+/y)?.[0];
    return word;
  }

  /** The fields of a composite literal, behind its opening brace. */
  object() {
    const fields = {};
    for (;;) {
      if (this.match(/\}/y)) return fields;
      const key = this.match(/"([\w-]+)"|([\w.]+)/y);
      if (!key || !this.match(/:/y)) {
        this.rest();
        continue;
      }
      const name = key[1] ?? this.constant(key[2]);
      const start = this.at;
      const value = this.value();
      this.skip();
      if (this.source[this.at] !== ',' && this.source[this.at] !== '}') {
        this.at = start;
        this.rest();
        fields[name] = undefined;
      } else {
        fields[name] = value;
        this.match(/,/y);
      }
    }
  }

  /** Passes over an expression up to the comma or brace that ends it. */
  rest() {
    let depth = 0;
    for (;;) {
      const token = this.match(
        /"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)'|[{}()[\],]|[^"`'{}()[\],\s/]+|\//y,
      );
      if (!token) throw new Error(`not closed near ${this.source.slice(this.at, this.at + 80)}`);
      if ('{(['.includes(token[0])) depth++;
      else if (depth === 0 && token[0] === ',') return;
      else if ('})]'.includes(token[0])) {
        if (depth === 0) {
          this.at--;
          return;
        }
        depth--;
      }
    }
  }
}

const simple = { TypeString: 'string', TypeInt: 'number', TypeFloat: 'number', TypeBool: 'bool' };
const wordOf = (schema) => simple[String(schema).replace(/^schema\./, '')] ?? 'any';

/** The rules by which the SDK makes attributes and blocks of its schemas (core_schema.go). */
function toBlock(schemas, isTop) {
  const block = { attributes: {}, blocks: {}, outputs: [] };
  if (isTop) block.attributes.id = { type: 'string', required: false };
  for (const [name, schema] of Object.entries(schemas)) {
    if (typeof schema !== 'object') {
      block.attributes[name] = { type: 'any', required: false };
      continue;
    }
    const type = String(schema.Type).replace('schema.', '');
    const optional = schema.Optional === 'true';
    const required = schema.Required === 'true';
    if (!optional && !required) {
      block.outputs.push(name);
      continue;
    }
    const deprecated =
      schema.Deprecated !== undefined || schema.Deprecated === '' ? true : undefined;
    const element = schema.Elem;
    const isResource = typeof element === 'object' && element.Schema !== undefined;
    const min = Number(schema.MinItems) || 0;
    if ((type === 'TypeList' || type === 'TypeSet') && isResource) {
      const inner = toBlock(element.Schema, false);
      if (schema.Computed === 'true' || /Attr$/.test(String(schema.ConfigMode))) {
        block.attributes[name] = {
          type: 'list(object)',
          required,
          deprecated,
          alsoBlock: true,
          inner,
        };
      } else {
        block.blocks[name] = {
          ...inner,
          min: required ? Math.max(1, min) : 0,
          max: Number(schema.MaxItems) || null,
          deprecated,
        };
      }
      continue;
    }
    const held = typeof element === 'object' ? wordOf(element.Type) : wordOf(element);
    const collection = {
      TypeList: `list(${held})`,
      TypeSet: `list(${held})`,
      TypeMap: `map(${held})`,
    }[type];
    block.attributes[name] = { type: collection ?? wordOf(type), required, deprecated };
  }
  if (isTop)
    block.blocks.timeouts = {
      attributes: Object.fromEntries(
        ['create', 'read', 'update', 'delete', 'default'].map((key) => [
          key,
          { type: 'string', required: false },
        ]),
      ),
      blocks: {},
      min: 0,
      max: 1,
    };
  return block;
}
