import { z } from 'zod';
import { type ConfigKey, configFields } from '#shared/config.ts';

type Shape = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: { readonly enum?: readonly string[] };
};

/** What a setting takes, in words: "a whole number from 1 to 16". */
export function allowedValues(key: ConfigKey): string {
  const shape = z.toJSONSchema(configFields[key], { io: 'input' }) as Shape;
  const range = `from ${shape.minimum} to ${shape.maximum}`;
  if (shape.enum) return `one of ${shape.enum.join(', ')}`;
  if (shape.type === 'integer') return `a whole number ${range}`;
  if (shape.type === 'number') return `a number ${range}`;
  if (shape.type === 'boolean') return 'true or false';
  return `some of ${shape.items?.enum?.join(', ')}`;
}
