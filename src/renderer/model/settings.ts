import type { Config, ConfigChange, ConfigField, ConfigSection } from '#shared/config.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import { artifactNames } from './artifact-names.ts';
import { ensembleNames, makerNames } from './provider-names.ts';
import { targetNames } from './target-names.ts';

/** A value of a setting. */
export type FieldValue = ConfigField['fallback'];

/** How sections are called on screen. */
export const sectionTitles: Readonly<Record<ConfigSection, string>> = {
  async: 'Runs side by side',
  batch: 'Batch mode',
  providers: 'Providers and models',
  cache: 'Cache of answers',
  budget: 'Budget',
  run: 'Runs',
  target: 'Where files are to work',
  ui: 'Look',
  learning: 'Learning',
  acceleration: 'Acceleration',
  memory: 'Memory',
  agentdb: 'Vectors and skills',
  loops: 'Loops',
  metaSona: 'Tuning',
  runtime: 'Runtime',
  healthMonitor: 'Health checks',
  retryPolicy: 'Retries',
  breaker: 'Breaker',
  pools: 'Limits of calls',
  resources: 'Limits of the machine',
  log: 'Log',
};

/** Settings of one section, or of one provider within it. */
export type SettingsGroup = {
  readonly section: ConfigSection;
  readonly title: string;
  readonly fields: readonly ConfigField[];
};

/** The settings whose name, description or variables hold every word of the search, by section. */
export function groupFields(
  fields: readonly ConfigField[],
  search: string,
): readonly SettingsGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, SettingsGroup>();
  for (const field of fields) {
    const section = field.key.split('.')[0] as ConfigSection;
    const { key, description, variables } = field;
    const provider = providerOf(key);
    const title = provider === null ? sectionTitles[section] : makerNames[provider];
    const text = [key, sectionTitles[section], title, nameOf(key), description, ...variables]
      .join(' ')
      .toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const found = groups.get(title)?.fields ?? [];
    groups.set(title, { section, title, fields: [...found, field] });
  }
  return [...groups.values()];
}

/** The provider whose own setting this is, such as its address; null for all others. */
function providerOf(key: string): ModelProvider | null {
  return modelProviders.find((id) => key.startsWith(`providers.${id}`)) ?? null;
}

/** How an option of a choice is called on screen. */
export function optionName(key: ConfigField['key'], option: string): string {
  return namesOf(key)[option] ?? option;
}

function namesOf(key: ConfigField['key']): Readonly<Record<string, string>> {
  if (key === 'providers.ensemble') return ensembleNames;
  if (key === 'run.kinds') return artifactNames;
  if (key.startsWith('target.')) return targetNames;
  return key.startsWith('providers.') ? makerNames : {};
}

const units: Readonly<Record<string, string>> = {
  secs: '(s)',
  ms: '(ms)',
  mb: '(MB)',
  hours: '(h)',
  usd: '(US$)',
};

/** A setting's field in words: `shortTermRetentionSecs` is "Short term retention (s)". */
export function nameOf(key: string): string {
  const whole = key.split('.')[1] ?? key;
  const provider = providerOf(key);
  const own = provider === null ? whole : whole.slice(provider.length);
  const field = own === 'Url' ? 'Address' : own === 'IamUrl' ? 'Address for tokens' : own;
  const words = field
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');
  const text = words.map((word, at) => (at > 0 ? (units[word] ?? word) : word)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The value of a setting in a configuration. */
export function valueIn(config: Config, key: ConfigField['key']): FieldValue {
  const [section = '', field = ''] = key.split('.');
  const values = config as unknown as Record<string, Record<string, FieldValue>>;
  return values[section]?.[field] as FieldValue;
}

/** A change of one setting; the server parses it. */
export function changeOf(key: ConfigField['key'], value: FieldValue): ConfigChange {
  return { [key]: value } as ConfigChange;
}
