import type { Environment } from '#main/core/config/environment.ts';
import type { GenerateOptions } from './commands/generate.ts';

/** The environment of a command: what its options set goes before what the shell sets. */
export function generateSettings(
  options: GenerateOptions,
  env: Environment = process.env,
): Environment {
  const { provider, concurrency, batch, members, fallbacks } = options;
  const size = typeof batch === 'number' ? batch : undefined;
  const settings = {
    OMEGA_PROVIDERS_USE: provider,
    OMEGA_PROVIDERS_MEMBERS: members?.join(','),
    OMEGA_PROVIDERS_FALLBACKS: fallbacks?.join(','),
    OMEGA_ASYNC_CONCURRENCY: concurrency,
    OMEGA_ASYNC_ENABLED: options.async ? undefined : false,
    OMEGA_BATCH_ENABLED: batch === undefined ? undefined : batch !== false,
    OMEGA_BATCH_SIZE: size,
    OMEGA_TARGET_FLAVOUR: options.flavour ?? options.flavor,
    OMEGA_TARGET_CLOUD: options.cloud,
    OMEGA_TARGET_COMPUTE: options.compute,
    OMEGA_TARGET_COLLECTOR: options.collector,
    OMEGA_TARGET_EXISTING: options.existing,
  };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...env, ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])) };
}
