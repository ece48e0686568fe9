import type { Config, ConfigKey } from '#shared/config.ts';
import type { ModelProvider } from '#shared/providers.ts';

type Field = Extract<keyof Config['providers'], string>;
type UrlField = Extract<Field, `${ModelProvider}Url` | 'watsonxIamUrl'>;

/** What the app knows of a provider by itself. */
export type ProviderFacts = {
  /** As people know it. */
  readonly name: string;
  readonly needsKey: boolean;
  readonly urlField: UrlField;
  readonly modelField: `${ModelProvider}Model`;
};

const facts = (name: string, id: ModelProvider, needsKey: boolean): ProviderFacts => ({
  name,
  needsKey,
  urlField: `${id}Url`,
  modelField: `${id}Model`,
});

/** Those of every provider. */
export const providerFacts: Readonly<Record<ModelProvider, ProviderFacts>> = {
  ollama: facts('Ollama', 'ollama', false),
  openai: facts('OpenAI', 'openai', true),
  compatible: facts('OpenAI-compatible server', 'compatible', false),
  anthropic: facts('Anthropic', 'anthropic', true),
  gemini: facts('Google Gemini', 'gemini', true),
  watsonx: facts('IBM watsonx', 'watsonx', true),
};

/** The setting's name of a field of the section `providers`. */
export function settingOf(field: UrlField): ConfigKey {
  return `providers.${field}`;
}

/** What a provider lacks of settings before it can be asked, as a sentence; null where nothing. */
export function lackingSetting(id: ModelProvider, settings: Config['providers']): string | null {
  const { name, urlField } = providerFacts[id];
  if (settings[urlField] === '') return `${name} has no address; set ${settingOf(urlField)}.`;
  if (id !== 'watsonx') return null;
  if (settings.watsonxIamUrl === '') return 'Set providers.watsonxIamUrl to the address of IAM.';
  if (settings.watsonxProject !== '') return null;
  return 'Set providers.watsonxProject to the id of your watsonx project.';
}

/** Settings that an adapter is made of: it is made anew when one of them, or the key, changes. */
export function adapterSettings(
  id: ModelProvider,
  settings: Config['providers'],
): readonly string[] {
  const url = settings[providerFacts[id].urlField];
  return id === 'watsonx' ? [url, settings.watsonxIamUrl, settings.watsonxProject] : [url];
}
