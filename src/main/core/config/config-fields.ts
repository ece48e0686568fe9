import {
  type ConfigField,
  type ConfigKey,
  configDefaults,
  configFields,
  configKeys,
} from '#shared/config.ts';
import { variablesOf } from './environment.ts';
import { fieldShape } from './field-shape.ts';

/** Every setting as data that a page can make a control of, in the order of the schema. */
export function describeFields(): readonly ConfigField[] {
  return configKeys.map((key) => ({
    key,
    description: configFields[key].description ?? '',
    shape: fieldShape(key),
    fallback: defaultOf(key),
    variables: variablesOf(key),
  }));
}

function defaultOf(key: ConfigKey): ConfigField['fallback'] {
  const [section = '', field = ''] = key.split('.');
  const values = configDefaults as unknown as Record<string, Record<string, unknown>>;
  return values[section]?.[field] as ConfigField['fallback'];
}
