import { z } from 'zod';
import { type ConfigKey, configFields, type FieldShape } from '#shared/config.ts';

type JsonSchema = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: { readonly enum?: readonly string[] };
};

/** What a setting's schema takes, as plain data. */
export function fieldShape(key: ConfigKey): FieldShape {
  const schema = z.toJSONSchema(configFields[key], { io: 'input' }) as JsonSchema;
  const { type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
  if (schema.enum) return { type: 'choice', options: schema.enum };
  // A blank one, or a text of a form.
  const text = type === 'string' ? schema : schema.anyOf?.find((one) => one.maxLength);
  if (text) return { type: 'text', maxLength: text.maxLength ?? 4096 };
  if (type === 'boolean') return { type };
  if (type === 'integer') return { type: 'number', minimum, maximum, whole: true };
  if (type === 'number') return { type, minimum, maximum, whole: false };
  return { type: 'list', options: schema.items?.enum ?? [] };
}
