import type { TextFile } from '../validator.ts';
import { attributeOf, entryOf, literal, textOf } from './hcl/read-values.ts';
import type { Attribute, Block, Expression } from './hcl/syntax.ts';
import { type ParsedFile, parseFile } from './parse-file.ts';

/** Something that a module declares, and where. */
export type Declaration<T = Block> = { readonly item: T; readonly file: ParsedFile };

/** A provider that a module names in `required_providers`. */
export type RequiredProvider = {
  /** Such as `hashicorp/aws`. */
  readonly address: string;
  readonly version: string | null;
  readonly aliases: readonly Expression[];
};

/** All that a folder's files declare together, by name; the first declaration counts. */
export type TerraformModule = {
  readonly folder: string;
  readonly files: readonly ParsedFile[];
  /** Whether every file could be read: only then is what is not there missing. */
  readonly isWhole: boolean;
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly locals: ReadonlyMap<string, Declaration<Attribute>>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  readonly modules: ReadonlyMap<string, Declaration>;
  /** By `resource.TYPE.NAME`, `data.TYPE.NAME` and `ephemeral.TYPE.NAME`. */
  readonly objects: ReadonlyMap<string, Declaration>;
  /** By local name. */
  readonly required: ReadonlyMap<string, RequiredProvider>;
  /** `provider` blocks. */
  readonly providers: readonly Declaration[];
};

/** The folder of a path, without a slash at its end; empty for the root. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

/** Modules as they were read last, by folder: each of a module's files asks for the same one. */
const recent = new Map<string, TerraformModule>();
const maxRecent = 50;

/** What the `.tf` files of a folder declare, in the order of their names. */
export function readModule(folder: string, files: readonly TextFile[]): TerraformModule {
  const inside = files.filter(({ path }) => folderOf(path) === folder);
  const parsed = inside
    .filter(({ path }) => path.endsWith('.tf'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(parseFile);
  const hasJson = inside.some(({ path }) => path.endsWith('.tf.json'));
  const isWhole = !hasJson && parsed.every(({ hcl }) => hcl.faults.length === 0);
  const known = recent.get(folder);
  const isSame =
    known?.isWhole === isWhole &&
    known.files.length === parsed.length &&
    parsed.every(({ hcl }, index) => hcl === known.files[index]?.hcl);
  if (known && isSame) return known;
  const made = {
    variables: new Map<string, Declaration>(),
    locals: new Map<string, Declaration<Attribute>>(),
    outputs: new Map<string, Declaration>(),
    modules: new Map<string, Declaration>(),
    objects: new Map<string, Declaration>(),
    required: new Map<string, RequiredProvider>(),
    providers: [] as Declaration[],
  };
  for (const file of parsed) for (const block of file.hcl.body.blocks) declare(block, file, made);
  const module = { folder, files: parsed, isWhole, ...made };
  if (recent.size >= maxRecent) recent.clear();
  recent.set(folder, module);
  return module;
}

type Made = {
  readonly [K in 'variables' | 'outputs' | 'modules' | 'objects']: Map<string, Declaration>;
} & {
  readonly locals: Map<string, Declaration<Attribute>>;
  readonly required: Map<string, RequiredProvider>;
  readonly providers: Declaration[];
};

function declare(block: Block, file: ParsedFile, made: Made): void {
  const [first = '', second = ''] = block.labels;
  const put = (map: Map<string, Declaration>, key: string): void => {
    if (!map.has(key)) map.set(key, { item: block, file });
  };
  switch (block.name) {
    case 'variable':
      put(made.variables, first);
      return;
    case 'output':
      put(made.outputs, first);
      return;
    case 'module':
      put(made.modules, first);
      return;
    case 'resource':
    case 'data':
    case 'ephemeral':
      put(made.objects, `${block.name}.${first}.${second}`);
      return;
    case 'check':
      for (const inner of block.body.blocks) if (inner.name === 'data') declare(inner, file, made);
      return;
    case 'locals':
      for (const item of block.body.attributes) {
        if (!made.locals.has(item.name)) made.locals.set(item.name, { item, file });
      }
      return;
    case 'provider':
      made.providers.push({ item: block, file });
      return;
    case 'terraform':
      for (const inner of block.body.blocks) {
        if (inner.name !== 'required_providers') continue;
        for (const { name, value } of inner.body.attributes) {
          made.required.set(name, readRequired(name, value));
        }
      }
  }
}

function readRequired(name: string, value: Expression): RequiredProvider {
  const text = (key: string): string | null => {
    const held = literal(entryOf(value, key));
    return typeof held === 'string' ? held : null;
  };
  const aliases = entryOf(value, 'configuration_aliases');
  const short = literal(value);
  return {
    address: text('source') ?? `hashicorp/${name}`,
    version: typeof short === 'string' ? short : text('version'),
    aliases: aliases?.type === 'tuple' ? aliases.items : [],
  };
}

/** The local name of the provider that a resource or data block is of. */
export function providerOf(block: Block): string {
  const named = attributeOf(block.body, 'provider')?.value;
  if (named?.type === 'reference') return named.root;
  const text = textOf(block.body, 'provider');
  if (text !== undefined) return text.split('.')[0] ?? text;
  return (block.labels[0] ?? '').split('_')[0] ?? '';
}
