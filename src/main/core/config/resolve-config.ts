import {
  type Config,
  type ConfigKey,
  type ConfigProblem,
  type ConfigSource,
  configKeys,
  configSchema,
} from '#shared/config.ts';
import { allowedValues } from './allowed-values.ts';
import type { EnvironmentValue } from './environment.ts';
import type { FileValues } from './read-file-values.ts';

/** Configuration in effect, where each value comes from, and what was passed over. */
export type ResolvedConfig = {
  readonly config: Config;
  readonly sources: Readonly<Record<ConfigKey, ConfigSource>>;
  readonly problems: readonly ConfigProblem[];
};

/** Lays the environment over the file over the defaults. */
export function resolveConfig(
  file: FileValues,
  environment: ReadonlyMap<ConfigKey, EnvironmentValue>,
): ResolvedConfig {
  const problems: ConfigProblem[] = [];
  const layers: Record<string, Record<string, unknown>> = {};
  const sources = {} as Record<ConfigKey, ConfigSource>;
  for (const section of Object.keys(configSchema.shape)) layers[section] = {};
  for (const key of configKeys) {
    const [section = '', field = ''] = key.split('.');
    const target = layers[section] as Record<string, unknown>;
    const fromEnvironment = environment.get(key);
    sources[key] = { from: file.has(key) ? 'file' : 'default' };
    if (file.has(key)) target[field] = file.get(key);
    if (!fromEnvironment) continue;
    const { variable, value } = fromEnvironment;
    if (value) {
      target[field] = value.parsed;
      sources[key] = { from: 'environment', variable };
    } else {
      const message = `The variable ${variable} cannot be used: it takes ${allowedValues(key)}.`;
      problems.push({ field: key, message });
    }
  }
  return { config: configSchema.parse(layers), sources, problems };
}
