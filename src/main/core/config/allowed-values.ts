import type { ConfigKey } from '#shared/config.ts';
import { fieldShape } from './field-shape.ts';

/** What a setting takes, in words: "a whole number from 1 to 16". */
export function allowedValues(key: ConfigKey): string {
  const shape = fieldShape(key);
  switch (shape.type) {
    case 'choice':
      return `one of ${shape.options.join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'text':
      return `a text of at most ${shape.maxLength} characters`;
    case 'list':
      return `some of ${shape.options.join(', ')}`;
    case 'number':
      return `a ${shape.whole ? 'whole ' : ''}number from ${shape.minimum} to ${shape.maximum}`;
  }
}
