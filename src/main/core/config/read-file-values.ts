import {
  type ConfigKey,
  type ConfigProblem,
  configFields,
  configSchema,
  isConfigKey,
} from '#shared/config.ts';
import { allowedValues } from './allowed-values.ts';

/** Fields that the file sets and that can be used. */
export type FileValues = ReadonlyMap<ConfigKey, unknown>;

const sections: Readonly<Record<string, { readonly shape: object }>> = configSchema.shape;

/**
 * The file's fields, each judged by itself: one that cannot be used keeps what it was in `before`
 * and becomes a problem, as does a name that is no setting.
 */
export function readFileValues(
  values: unknown,
  before: FileValues,
): { readonly values: FileValues; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const good = new Map<ConfigKey, unknown>();
  const keep = (prefix: string): void => {
    for (const [key, value] of before) if (key.startsWith(prefix)) good.set(key, value);
  };
  for (const [section, fields] of Object.entries(values ?? {})) {
    const message = sectionProblem(section, fields);
    if (message !== null) {
      problems.push({ field: section, message });
      keep(`${section}.`);
      continue;
    }
    for (const [field, value] of Object.entries(fields ?? {})) {
      const key = `${section}.${field}`;
      const judged = judge(key, value);
      if ('message' in judged) {
        problems.push({ field: key, message: judged.message });
        keep(key);
      } else if (judged.value !== null) {
        good.set(judged.key, judged.value);
      }
    }
  }
  return { values: good, problems };
}

function sectionProblem(section: string, fields: unknown): string | null {
  if (!Object.hasOwn(sections, section)) {
    return `No such section; there are ${Object.keys(sections).join(', ')}.`;
  }
  // A section whose last line was removed is null, and fine.
  const map = fields === null || (typeof fields === 'object' && !Array.isArray(fields));
  return map ? null : 'It must hold fields, one a line.';
}

function judge(
  name: string,
  value: unknown,
): { readonly key: ConfigKey; readonly value: unknown } | { readonly message: string } {
  if (!isConfigKey(name)) {
    const [section = ''] = name.split('.');
    const fields = Object.keys(sections[section]?.shape ?? {});
    return { message: `No such setting; there are ${fields.join(', ')}.` };
  }
  if (value === null) return { key: name, value };
  const result = configFields[name].safeParse(value);
  if (result.success) return { key: name, value: result.data };
  return { message: `It takes ${allowedValues(name)}.` };
}
