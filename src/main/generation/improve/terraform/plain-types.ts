import { attributeOf, literal } from '../../validation/terraform/hcl/read-values.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';
import type { FileChanges } from './file-changes.ts';

/** What Terraform says itself of types in quotes, which it refuses today. */
const today: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  bool: 'bool',
  any: 'any',
  list: 'list(string)',
  map: 'map(string)',
};

/** Types as Terraform reads them since 0.12: `string` for `"string"`, `list(string)` for `"list"`. */
export function modernTypes(module: TerraformModule, to: FileChanges): void {
  for (const { item, file } of module.variables.values()) {
    const argument = attributeOf(item.body, 'type');
    const old = literal(argument?.value);
    const value = typeof old === 'string' && Object.hasOwn(today, old) ? today[old] : undefined;
    if (!argument || value === undefined) continue;
    const preset = attributeOf(item.body, 'default')?.value;
    const isNested = preset?.type === 'object' || preset?.type === 'tuple';
    const parts = isNested
      ? preset.type === 'object'
        ? preset.items.map((one) => one.value)
        : preset.items
      : [];
    // A list of anything but texts never was a list(string).
    if (parts.some((one) => one.type === 'object' || one.type === 'tuple')) {
      to.leave(
        file.path,
        argument.line,
        `The type "${old}" stands in quotes, which Terraform refuses today; its default holds more than texts, so its type is not plain.`,
      );
      continue;
    }
    const text = `The type of ${item.labels[0]} is written as Terraform reads it since 0.12.`;
    to.change(file.path, { type: 'value', argument, value }, argument.line, text);
  }
}
