import type { Expression } from '../validation/terraform/hcl/syntax.ts';
import { folderOf, readModule, type TerraformModule } from '../validation/terraform/module.ts';
import type { ComparedFile, Place, Workload } from './claim.ts';
import { unknownPart, withoutTag } from './image-name.ts';
import { containersOf } from './terraform-containers.ts';
import { entriesOf, type Fields, fieldsOf, textWithin } from './terraform-values.ts';
import { secretsOf, variablesOf } from './terraform-variables.ts';

/** Names by which modules and maps of services call the same things. */
const names = {
  image: ['image', 'container_image', 'image_url', 'image_reference', 'image_name', 'repository'],
  port: ['container_port', 'target_port', 'image_port', 'port'],
  env: ['env', 'environment', 'environment_variables', 'env_vars'],
  secrets: ['secrets', 'own_secrets', 'secret_names', 'secret_env', 'optional_secrets'],
} as const;

/** The modules of the Terraform files, each folder once. */
export function terraformModules(files: readonly ComparedFile[]): readonly TerraformModule[] {
  const byFolder = Map.groupBy(files, ({ path }) => folderOf(path));
  return [...byFolder].map(([folder, own]) => readModule(folder, own));
}

/**
 * The services that a module runs: what resources of containers say literally, and the entries of
 * maps of services and the inputs of modules, by the names that such maps usually have.
 */
export function terraformWorkloads(module: TerraformModule): readonly Workload[] {
  const fromObjects = [...module.objects].flatMap(([key, { item, file }]) =>
    key.startsWith('resource.') ? containersOf(module, item, file.path) : [],
  );
  const fromLocals = [...module.locals.values()].flatMap(({ item, file }) =>
    [...entriesOf(item.value)].flatMap(([service, value]) =>
      fromFields(module, service, entriesOf(value), { path: file.path, line: value.line }),
    ),
  );
  const fromModules = [...module.modules.values()].flatMap(({ item, file }) => {
    const fields = fieldsOf(item.body);
    const name = textWithin(module, fields.get('name'));
    if (fields.has('for_each') || fields.has('count')) return [];
    return fromFields(module, name, fields, { path: file.path, line: item.line });
  });
  return [...fromObjects, ...fromLocals, ...fromModules].filter(
    ({ service }) => service !== '' && !service.includes(unknownPart),
  );
}

/** Only what has an image and says how it runs is taken for a service. */
function fromFields(
  module: TerraformModule,
  service: string,
  fields: Fields,
  whole: Place,
): readonly Workload[] {
  const named = (all: readonly string[]): Expression | undefined => {
    const name = all.find((one) => fields.has(one));
    return name === undefined ? undefined : fields.get(name);
  };
  const [image, port, env] = [named(names.image), named(names.port), named(names.env)];
  if (!image || (!port && !env)) return [];
  const at = (held: Expression): Place => ({ path: whole.path, line: held.line });
  const reference = textWithin(module, image);
  const number = port ? textWithin(module, port) : '';
  const secrets = names.secrets.flatMap((one) => secretsOf(module, fields.get(one), whole.path));
  return [
    {
      service,
      file: whole.path,
      image: { value: withoutTag(reference), at: at(image) },
      ports: port && /^\d+$/.test(number) ? [{ value: number, at: at(port) }] : [],
      variables: [...variablesOf(module, env, whole.path), ...secrets],
      // What a module adds to what it is given is its own affair.
      adds: true,
      partial: true,
    },
  ];
}
