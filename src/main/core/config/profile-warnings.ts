import { type ConfigKey, type ConfigProblem, type ConfigView, configKeys } from '#shared/config.ts';

/** Sections whose right values depend on the machine and the load, so that no default can know them. */
const sized = ['memory', 'resources', 'healthMonitor', 'retryPolicy', 'async'] as const;

/** What a production profile should not be run with: sections nobody looked at, checks switched off. */
export function profileWarnings({
  config,
  sources,
}: Pick<ConfigView, 'config' | 'sources'>): readonly ConfigProblem[] {
  if (config.runtime.profile !== 'production') return [];
  const touched = (section: string) =>
    configKeys.some((key: ConfigKey) => {
      return key.startsWith(`${section}.`) && sources[key].from !== 'default';
    });
  const untouched = sized
    .filter((section) => !touched(section))
    .map((field) => ({
      field,
      message:
        'In production, yet all of it is at its defaults; set at least one of its values for this machine.',
    }));
  if (config.healthMonitor.enabled) return untouched;
  const field = 'healthMonitor.enabled';
  const message =
    'Health checks are switched off in production; what fails is noticed by its users.';
  return [...untouched, { field, message }];
}
