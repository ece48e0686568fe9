import type { Block, Expression } from '../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../validation/terraform/module.ts';
import type { GivenVariable, Workload } from './claim.ts';
import { unknownPart, withoutTag } from './image-name.ts';
import { entriesOf, fieldsOf, resolved, textWithin } from './terraform-values.ts';
import { blocksWithin, variablesOf } from './terraform-variables.ts';

/** Resources that run containers, by the start of their type. */
const runs =
  /^(?:aws_ecs_task_definition|google_cloud_run_|azurerm_container_(?:app|group)|ibm_code_engine_(?:app|job)|oci_container_instances_container_instance|kubernetes_(?:deployment|stateful_set|daemonset|job|cron_job))/;

/** The service that a resource runs, where its name and its containers stand in it literally. */
export function containersOf(
  module: TerraformModule,
  block: Block,
  path: string,
): readonly Workload[] {
  const type = block.labels[0] ?? '';
  if (!runs.test(type)) return [];
  return type === 'aws_ecs_task_definition'
    ? taskOf(module, block, path)
    : fromBlocks(module, block, path);
}

/**
 * The folders of modules from which a cloud's service for containers is used, those around them
 * included: what they run is in no cluster.
 */
export function cloudFolders(modules: readonly TerraformModule[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { folder, objects } of modules) {
    const types = [...objects.values()].map(({ item }) => item.labels[0] ?? '');
    if (!types.some((type) => runs.test(type) && !type.startsWith('kubernetes_'))) continue;
    for (let at = folder; !found.has(at); at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      found.add(at);
    }
  }
  return found;
}

/** The first container of a task definition that is written out; others are sidecars. */
function taskOf(module: TerraformModule, block: Block, path: string): readonly Workload[] {
  const fields = fieldsOf(block.body);
  const definitions = resolved(module, fields.get('container_definitions'));
  const list = definitions?.type === 'call' ? resolved(module, definitions.args[0]) : undefined;
  const first = list?.type === 'tuple' ? resolved(module, list.items[0]) : undefined;
  const container = entriesOf(first);
  const image = container.get('image');
  if (!first || !image) return [];
  const ports = resolved(module, container.get('portMappings'));
  const own = textWithin(module, container.get('name'));
  return [
    {
      service: own.includes(unknownPart) ? textWithin(module, fields.get('family')) : own,
      file: path,
      image: { value: withoutTag(textWithin(module, image)), at: { path, line: image.line } },
      ports: (ports?.type === 'tuple' ? ports.items : []).flatMap((item) =>
        portAt(module, entriesOf(item).get('containerPort'), path),
      ),
      variables: [
        ...variablesOf(module, container.get('environment'), path),
        ...variablesOf(module, container.get('secrets'), path).map(withoutValue),
      ],
      partial:
        isOpen(module, container.get('environment')) || isOpen(module, container.get('secrets')),
    },
  ];
}

const withoutValue = (one: GivenVariable): GivenVariable => ({ ...one, value: null });

/** Whether a list of variables is not written out, so that it may hold more. */
function isOpen(module: TerraformModule, expression: Expression | undefined): boolean {
  const held = resolved(module, expression);
  return held !== undefined && held.type !== 'tuple' && held.type !== 'object';
}

function portAt(module: TerraformModule, expression: Expression | undefined, path: string) {
  const value = textWithin(module, expression);
  return expression && /^\d+$/.test(value) ? [{ value, at: { path, line: expression.line } }] : [];
}

function fromBlocks(module: TerraformModule, block: Block, path: string): readonly Workload[] {
  const fields = fieldsOf(block.body);
  const [found] = blocksWithin(block, ['container', 'containers']);
  const container = found ?? block;
  const held = fieldsOf(container.body);
  const image = held.get('image') ?? held.get('image_url') ?? held.get('image_reference');
  if (!image || found?.name === 'dynamic') return [];
  const [metadata] = blocksWithin(block, ['metadata']);
  const name =
    fields.get('name') ??
    (metadata ? fieldsOf(metadata.body).get('name') : undefined) ??
    fields.get('display_name');
  const ports = [
    ...blocksWithin(container, ['ports', 'port']).flatMap(({ body }) => {
      const own = fieldsOf(body);
      return portAt(module, own.get('container_port') ?? own.get('port'), path);
    }),
    ...blocksWithin(block, ['ingress']).flatMap(({ body }) =>
      portAt(module, fieldsOf(body).get('target_port'), path),
    ),
    ...portAt(module, held.get('image_port'), path),
  ];
  const variables = blocksWithin(container, ['env', 'run_env_variables']).map((one) => {
    const own = fieldsOf(one.body);
    const value = textWithin(module, own.get('value'));
    return {
      name: textWithin(module, own.get('name') ?? own.get('key')),
      value: value.includes(unknownPart) ? null : value,
      optional: false,
      at: { path, line: one.line },
    };
  });
  const map = held.get('environment_variables');
  return [
    {
      service: textWithin(module, name),
      file: path,
      image: { value: withoutTag(textWithin(module, image)), at: { path, line: image.line } },
      ports,
      variables: [
        ...variables.filter((one) => !one.name.includes(unknownPart)),
        ...variablesOf(module, map, path),
      ],
      // Clouds add variables of their own, the port among them.
      adds: true,
      partial: true,
    },
  ];
}
