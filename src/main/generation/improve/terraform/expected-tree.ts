import { parseHcl } from '../../validation/terraform/hcl/parse-hcl.ts';
import type { Attribute, Block, Body } from '../../validation/terraform/hcl/syntax.ts';
import type { HclChange } from './hcl-change.ts';

/** What a body says, without places, arguments by name: equal for texts that mean the same. */
type PlainBody = readonly [
  arguments: readonly string[],
  blocks: readonly (readonly [name: string, labels: readonly string[], body: PlainBody])[],
];

/** What a body says, without places; equal texts for bodies that mean the same. */
export function treeOf(body: Body, changes: readonly HclChange[] = []): string {
  const byPlace = Map.groupBy(changes, (change): Block | Attribute =>
    change.type === 'value' || change.type === 'entry' ? change.argument : change.block,
  );
  return JSON.stringify(plainBody(body, byPlace));
}

type Changes = ReadonlyMap<Block | Attribute, readonly HclChange[]>;

function plainBody(body: Body, changes: Changes, owner: Block | null = null): PlainBody {
  const own = owner === null ? [] : (changes.get(owner) ?? []);
  const added = own.flatMap((change) =>
    change.type === 'argument' ? read([`${change.name} = ${change.value}`]).attributes : [],
  );
  const inner = own.flatMap((change) => (change.type === 'inner' ? read(change.lines).blocks : []));
  const given = [...body.attributes, ...added].map((one) => plainArgument(one, changes));
  const blocks = body.blocks.flatMap((block) => {
    const behind = (changes.get(block) ?? []).flatMap((change) =>
      change.type === 'after' ? read(change.lines).blocks : [],
    );
    return [block, ...behind];
  });
  return [
    given.sort(),
    [...blocks, ...inner].map((block) => [
      block.name,
      block.labels,
      plainBody(block.body, changes, block),
    ]),
  ];
}

function plainArgument(argument: Attribute, changes: Changes): string {
  let { value } = argument;
  for (const change of changes.get(argument) ?? []) {
    if (change.type === 'value') value = only(`x = ${change.value}`).value;
    if (change.type !== 'entry' || value.type !== 'object') continue;
    const made = only(`x = { ${change.name} = ${change.value} }`).value;
    if (made.type === 'object') value = { ...value, items: [...value.items, ...made.items] };
  }
  return `${argument.name} ${JSON.stringify(value, (key, held) => (key === 'line' ? undefined : held))}`;
}

function read(lines: readonly string[]): Body {
  return parseHcl(lines.join('\n')).body;
}

function only(line: string): Attribute {
  return read([line]).attributes[0] as Attribute;
}
