import { type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { closest, didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import {
  type ComponentTypes,
  isComponentId,
  replaced,
  type Section,
  sections,
  typeOf,
} from './components.ts';
import { judgeCoreSettings } from './core-settings.ts';
import { judgePipelines } from './pipelines.ts';
import { judgeSettings } from './settings.ts';
import { badSubstitution } from './substitution.ts';

/** Adds a finding at a place of the configuration. */
export type Say = (
  rule: string,
  severity: 'error' | 'warning' | 'info',
  path: YamlPath,
  message: string,
  url: string,
) => void;

/** Where OpenTelemetry documents the configuration. */
export const configUrl = 'https://opentelemetry.io/docs/collector/configuration/';

/** Judges a configuration as `otelcol validate` does, and what it lets pass and helps nobody. */
export function judgeConfig(value: unknown, types: ComponentTypes, say: Say): void {
  const config = mapping(value);
  const known = [...sections, 'service'];
  for (const key of Object.keys(config)) {
    if (known.includes(key)) continue;
    say(
      'unknown-field',
      'error',
      [key],
      `The collector has no section ${quote(key)}.${didYouMean(key, known) || ' Remove it.'}`,
      configUrl,
    );
  }
  for (const key of ['receivers', 'exporters', 'service'] as const) {
    if (Object.keys(mapping(config[key])).length > 0) continue;
    if (key === 'exporters' && Object.keys(mapping(config.connectors)).length > 0) continue;
    say(
      'missing',
      'error',
      [key],
      `There is nothing under ${key}, so the collector does not start. Add it.`,
      configUrl,
    );
  }
  for (const section of sections) judgeSection(config, section, types, say);
  for (const key of Object.keys(mapping(config.service))) {
    if (['telemetry', 'extensions', 'pipelines'].includes(key)) continue;
    say(
      'unknown-field',
      'error',
      ['service', key],
      `service has no field ${quote(key)}.${didYouMean(key, ['telemetry', 'extensions', 'pipelines']) || ' Remove it.'}`,
      configUrl,
    );
  }
  judgePipelines(config, say);
  judgeSettings(config, say);
  judgeCoreSettings(config, say);
  judgeTexts(config, [], say, 0);
}

function judgeSection(config: Mapping, section: Section, types: ComponentTypes, say: Say): void {
  const held = config[section];
  if (held === undefined || held === null) return;
  if (typeof held !== 'object' || Array.isArray(held)) {
    say(
      'section',
      'error',
      [section],
      `${section} must be a mapping of names to settings.`,
      configUrl,
    );
    return;
  }
  for (const [id, settings] of Object.entries(held)) {
    const path = [section, id];
    if (!isComponentId(id)) {
      say(
        'component',
        'error',
        path,
        `${quote(id)} is no name of a component: it is a type, or a type, / and a name.`,
        configUrl,
      );
      continue;
    }
    const type = typeOf(id);
    if (!types[section].includes(type)) {
      const instead = replaced[`${section} ${type}`];
      const near = closest(type, types[section]);
      const hint = instead
        ? ` Use ${instead}.`
        : near
          ? ` Did you mean "${near}"?`
          : ' Use one that it has.';
      say(
        'component',
        'error',
        path,
        `The collector ${types.collector} has none of type ${quote(id.split('/', 1)[0] ?? '')} under ${section}.${hint}`,
        'https://opentelemetry.io/docs/collector/components/',
      );
    }
    if (settings !== null && (typeof settings !== 'object' || Array.isArray(settings))) {
      const replacing = typeof settings === 'string' && settings.startsWith('${');
      if (!replacing)
        say(
          'component',
          'error',
          path,
          `The settings of ${quote(id)} must be a mapping, or be left out.`,
          configUrl,
        );
    }
  }
}

/** Every text of the configuration, for the variables that it takes. */
function judgeTexts(value: unknown, path: YamlPath, say: Say, depth: number): void {
  if (typeof value === 'string') {
    const fault = value.includes('$') ? badSubstitution(value) : null;
    if (fault)
      say('variable', fault.severity, path, fault.message, `${configUrl}#environment-variables`);
  } else if (typeof value === 'object' && value !== null && depth < 100) {
    for (const [key, held] of Object.entries(value)) {
      judgeTexts(held, [...path, Array.isArray(value) ? Number(key) : key], say, depth + 1);
    }
  }
}
