import type { Config, ConfigChange, ConfigField, ConfigSection } from '#shared/config.ts';

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
  ui: 'Look',
  learning: 'Learning',
  acceleration: 'Acceleration',
  memory: 'Memory',
  agentdb: 'Vectors and skills',
  runtime: 'Runtime',
  healthMonitor: 'Health checks',
  retryPolicy: 'Retries',
  breaker: 'Breaker',
  pools: 'Limits of calls',
  resources: 'Limits of the machine',
  log: 'Log',
};

/** Settings of one section. */
export type SettingsGroup = {
  readonly section: ConfigSection;
  readonly fields: readonly ConfigField[];
};

/** The settings whose name, description or variables hold every word of the search, by section. */
export function groupFields(
  fields: readonly ConfigField[],
  search: string,
): readonly SettingsGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<ConfigSection, ConfigField[]>();
  for (const field of fields) {
    const section = field.key.split('.')[0] as ConfigSection;
    const { key, description, variables } = field;
    const title = `${sectionTitles[section]} ${nameOf(key)}`;
    const text = [key, title, description, ...variables].join(' ').toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(section, [...(groups.get(section) ?? []), field]);
  }
  return [...groups].map(([section, found]) => ({ section, fields: found }));
}

const units: Readonly<Record<string, string>> = { secs: '(s)', ms: '(ms)', mb: '(MB)' };

/** A setting's field in words: `shortTermRetentionSecs` is "Short term retention (s)". */
export function nameOf(key: string): string {
  const field = key.split('.')[1] ?? key;
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
