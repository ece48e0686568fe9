import { type ConfigKey, configFields, configKeys } from '#shared/config.ts';

/** The environment's variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names that other programs of the field already use, beside `OMEGA_SECTION_FIELD`. */
const aliases: Partial<Record<ConfigKey, readonly string[]>> = {
  'async.enabled': ['ASYNC_ENABLED'],
  'async.concurrency': ['MAX_CONCURRENT_REQUESTS'],
  'async.timeoutSecs': ['ASYNC_TIMEOUT'],
  'batch.size': ['BATCH_SIZE'],
  'providers.watsonxProject': ['WATSONX_PROJECT_ID'],
  'acceleration.device': ['OMEGA_DEVICE'],
  'acceleration.slots': ['OMEGA_EMBED_GPU_SLOTS'],
  'acceleration.threads': ['OMEGA_EMBED_THREADS'],
  'acceleration.maxBatch': ['EMBED_MAX_BATCH'],
  'acceleration.targetLatencyMs': ['ACCEL_TARGET_LAT_MS'],
  'acceleration.vectorEngine': ['OMEGA_VECTOR_ENGINE'],
};

/** The variables that set a field, the first that is not empty counts. */
export function variablesOf(key: ConfigKey): readonly string[] {
  const words = key.replace('.', '_').replace(/[A-Z]/g, (letter) => `_${letter}`);
  return [`OMEGA_${words.toUpperCase()}`, ...(aliases[key] ?? [])];
}

/** What the environment sets: the variable and its value, or null where the text cannot be used. */
export type EnvironmentValue = {
  readonly variable: string;
  readonly value: { readonly parsed: unknown } | null;
};

/** Reads every variable that sets a field. */
export function readEnvironment(env: Environment): ReadonlyMap<ConfigKey, EnvironmentValue> {
  const values = new Map<ConfigKey, EnvironmentValue>();
  for (const key of configKeys) {
    const variable = variablesOf(key).find((name) => env[name]?.trim());
    if (variable) values.set(key, { variable, value: parseText(key, env[variable] ?? '') });
  }
  return values;
}

/** A field's value from a text, as a variable or a command line gives it; null where it has none. */
export function parseText(key: ConfigKey, text: string): { readonly parsed: unknown } | null {
  const trimmed = text.trim();
  const boolean = { true: true, yes: true, on: true, '1': true } as Record<string, boolean>;
  const no = { false: false, no: false, off: false, '0': false } as Record<string, boolean>;
  const list = trimmed.split(',').map((item) => item.trim());
  const number = trimmed === '' ? undefined : Number(trimmed);
  const lower = trimmed.toLowerCase();
  // The field's schema accepts one of these shapes at most.
  for (const candidate of [trimmed, number, { ...boolean, ...no }[lower], list]) {
    if (candidate === undefined) continue;
    const result = configFields[key].safeParse(candidate);
    if (result.success) return { parsed: result.data };
  }
  return null;
}
