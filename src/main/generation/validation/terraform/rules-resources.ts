import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import { checkBlock } from './check-block.ts';
import type { Context } from './context.ts';
import { attributeOf } from './hcl/read-values.ts';
import type { Block } from './hcl/syntax.ts';
import { providerOf } from './module.ts';
import { type BlockSchema, type ProviderSchema, providerSchema, type TypeKind } from './schema.ts';
import { readConstraint } from './version-constraint.ts';

const metaArguments = new Set(['count', 'for_each', 'depends_on', 'provider']);
const metaBlocks: Readonly<Record<TypeKind, ReadonlySet<string>>> = {
  resource: new Set(['lifecycle', 'provisioner', 'connection']),
  data: new Set(['lifecycle']),
};

/** Resources and data sources against what their providers publish, and the attributes that are asked of them. */
export async function judgeResources(context: Context): Promise<void> {
  const { file } = context;
  const inner = file.hcl.body.blocks.flatMap((block) =>
    block.name === 'check' ? block.body.blocks : [block],
  );
  for (const block of inner) {
    judgeDynamic(block, context);
    if ((block.name === 'resource' || block.name === 'data') && block.labels.length === 2) {
      await judgeTyped(block, block.name, context);
    }
  }
  for (const use of context.attributes) {
    const declared = context.module.objects.get(`${use.kind}.${use.type}.${use.name}`)?.item;
    const schema = declared ? await schemaOf(declared, context) : null;
    const fields = schema?.types.fields(use.kind, use.type);
    if (!schema || !fields) continue;
    const known = [
      ...Object.keys(fields.a ?? {}),
      ...Object.keys(fields.b ?? {}),
      ...(fields.o?.split(' ') ?? []),
      ...laterOf(fields),
      'id',
    ];
    if (known.includes(use.attribute)) continue;
    const message = `${use.type} has no attribute ${quote(use.attribute)}.${didYouMean(use.attribute, known) || ' See what it gives.'}`;
    context.say(
      'unknown-attribute',
      schema.unknown,
      use.line,
      message,
      schema.types.url(use.kind, use.type),
    );
  }
}

type Held = {
  readonly types: ProviderSchema;
  readonly severity: 'error' | 'warning';
  /** The severity of what is not known by name. */
  readonly unknown: 'error' | 'warning';
};

function laterOf({ later = '' }: BlockSchema): ReadonlySet<string> {
  return new Set(later.split(' '));
}

/** The schema of a block's provider, and how sure its findings are; null where none is known. */
async function schemaOf(block: Block, { module }: Context): Promise<Held | null> {
  const name = providerOf(block);
  const required = module.required.get(name);
  const types = await providerSchema(required?.address ?? `hashicorp/${name}`);
  if (types === null) return null;
  const constraint = required?.version ? readConstraint(required.version) : null;
  // Other versions have other arguments: what is wrong in this one may be right there.
  const admits = (version: string): boolean => constraint?.admits(version) !== false;
  return {
    types,
    severity: admits(types.version) ? 'error' : 'warning',
    unknown: admits(types.version) || admits(types.until) ? 'error' : 'warning',
  };
}

async function judgeTyped(block: Block, kind: TypeKind, context: Context): Promise<void> {
  const { say, module, file } = context;
  const [type = ''] = block.labels;
  const held = await schemaOf(block, context);
  if (held === null) {
    const name = providerOf(block);
    const isTold = module.required.has(name) || /^(?:terraform|google-beta)$/.test(name);
    if (isTold || !module.isWhole) return;
    const message = `The provider ${quote(name)} is not known here, so ${type} was not checked. Run terraform validate for it.`;
    say('not-checked', 'warning', block.line, message, '/providers/requirements');
    return;
  }
  const { types, severity, unknown } = held;
  const url = types.url(kind, type);
  const fields = types.fields(kind, type);
  if (fields !== null) {
    const isPartial = file.isOverride || module.files.some((other) => other.isOverride);
    checkBlock(block, type, fields, {
      say,
      severity,
      unknown: { severity: unknown, later: laterOf(fields) },
      url,
      metaArguments,
      metaBlocks: metaBlocks[kind],
      isPartial,
    });
    return;
  }
  if (types.names(kind).has(type)) return;
  const other = kind === 'data' ? 'resource' : 'data';
  const hint = types.names(other).has(type)
    ? ` There is a ${other === 'data' ? 'data source' : 'resource'} of that name.`
    : didYouMean(type, types.names(kind));
  const what = kind === 'data' ? 'data source' : 'resource type';
  say(
    'unknown-type',
    unknown,
    block.line,
    `The provider has no ${what} ${quote(type)} (version ${types.until}).${hint}`,
    url,
  );
}

/** `dynamic` blocks anywhere: a label, for_each and one content. */
function judgeDynamic(block: Block, context: Context): void {
  const page = '/expressions/dynamic-blocks';
  for (const inner of block.body.blocks) {
    if (inner.name === 'dynamic') {
      const contents = inner.body.blocks.filter(({ name }) => name === 'content');
      const fault =
        inner.labels.length !== 1
          ? 'dynamic needs the name of the block as its one label.'
          : !attributeOf(inner.body, 'for_each')
            ? 'dynamic needs for_each. Add it.'
            : contents.length !== 1 || inner.body.blocks.length > 1
              ? 'dynamic needs one content block, and no other. The blocks to make go into it.'
              : null;
      if (fault !== null) context.say('dynamic', 'error', inner.line, fault, page);
      for (const { name, line } of inner.body.attributes) {
        if (/^(?:for_each|iterator|labels)$/.test(name)) continue;
        context.say(
          'dynamic',
          'error',
          line,
          `${quote(name)} belongs into the content of the dynamic block.`,
          page,
        );
      }
    }
    judgeDynamic(inner, context);
  }
}
