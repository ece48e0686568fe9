import { z } from 'zod';
import { artifactKinds } from './artifact.ts';
import { agentdbSettings } from './settings/agentdb-settings.ts';
import {
  batchSettings,
  budgetSettings,
  cacheSettings,
  providersSettings,
} from './settings/ai-settings.ts';
import { learningSettings } from './settings/learning-settings.ts';
import { logSettings } from './settings/log-settings.ts';
import { loopsSettings } from './settings/loops-settings.ts';
import { memorySettings } from './settings/memory-settings.ts';
import { metaSonaSettings } from './settings/meta-sona-settings.ts';
import {
  breakerSettings,
  healthMonitorSettings,
  poolsSettings,
  resourcesSettings,
  retryPolicySettings,
  runtimeSettings,
} from './settings/runtime-settings.ts';
import { targetSchema } from './target.ts';
import { vectorEngines } from './vector-engines.ts';

/**
 * Every setting of the app, with its default and what it does. Each is read from the defaults, then
 * the configuration file, then the environment, and takes effect without a restart.
 */
export const configSchema = z.object({
  async: z.object({
    enabled: z
      .boolean()
      .default(true)
      .describe('Runs several jobs at once; off runs them one after the other, in order.'),
    concurrency: z
      .int()
      .min(1)
      .max(32)
      .default(3)
      .describe('Jobs and requests to models at once while async is enabled.'),
    timeoutSecs: z
      .number()
      .min(0.1)
      .max(3600)
      .default(120)
      .describe(
        'Longest that one request to a model, or one file of the blueprints, may take, in seconds.',
      ),
  }),
  batch: batchSettings,
  providers: providersSettings,
  cache: cacheSettings,
  budget: budgetSettings,
  run: z.object({
    kinds: z
      .array(z.enum(artifactKinds))
      .min(1)
      .default(['dockerfile', 'compose', 'kubernetes'])
      .describe('Artifacts that a new run makes.'),
    keep: z
      .int()
      .min(1)
      .max(10_000)
      .default(200)
      .describe('Runs kept in the store; older ones are pruned, checkpoints are kept.'),
  }),
  target: targetSchema,
  ui: z.object({
    theme: z
      .enum(['auto', 'light', 'dark'])
      .default('auto')
      .describe('Colours of the app; auto follows the system.'),
  }),
  acceleration: z.object({
    device: z
      .enum(['auto', 'cpu'])
      .default('auto')
      .describe('Whether a GPU that opens is used (auto) or the CPU alone (cpu).'),
    slots: z.int().min(1).max(16).default(2).describe('Embedding sessions side by side.'),
    threads: z
      .int()
      .min(0)
      .max(64)
      .default(0)
      .describe('Threads of each session on the CPU; 0 shares the cores among the slots.'),
    maxBatch: z
      .int()
      .min(1)
      .max(4096)
      .default(512)
      .describe('Most texts in one micro-batch, and in one request to a device.'),
    targetLatencyMs: z
      .number()
      .min(1)
      .max(60_000)
      .default(10)
      .describe(
        'How long a single text should take at most, in ms; the batch size follows from it.',
      ),
    vectorEngine: z
      .enum(['auto', ...vectorEngines])
      .default('auto')
      .describe('Index of vectors; auto measures which is best for those that there are.'),
  }),
  log: logSettings,
  runtime: runtimeSettings,
  agentdb: agentdbSettings,
  memory: memorySettings,
  learning: learningSettings,
  metaSona: metaSonaSettings,
  loops: loopsSettings,
  healthMonitor: healthMonitorSettings,
  retryPolicy: retryPolicySettings,
  breaker: breakerSettings,
  pools: poolsSettings,
  resources: resourcesSettings,
});

/** See {@link configSchema}. */
export type Config = z.infer<typeof configSchema>;
/** A section of the configuration. */
export type ConfigSection = keyof Config;
/** A setting's name: its section and field, `async.concurrency`. */
export type ConfigKey = {
  [S in ConfigSection]: `${S}.${Extract<keyof Config[S], string>}`;
}[ConfigSection];
/** The type of a setting's value. */
export type ConfigValue<K extends ConfigKey> =
  K extends `${infer S extends ConfigSection}.${infer F}`
    ? F extends keyof Config[S]
      ? Config[S][F]
      : never
    : never;
/** A change of some settings. */
export type ConfigChange = { readonly [K in ConfigKey]?: ConfigValue<K> | undefined };

/** The zod schema of every setting, by name. */
export const configFields: Readonly<Record<ConfigKey, z.ZodType>> = Object.fromEntries(
  Object.entries(configSchema.shape).flatMap(([section, { shape }]) =>
    Object.entries(shape).map(([field, schema]) => [`${section}.${field}`, schema]),
  ),
) as Record<ConfigKey, z.ZodType>;

/** Every setting's name. */
export const configKeys = Object.keys(configFields) as readonly ConfigKey[];

/** Whether a text names a setting. */
export function isConfigKey(text: string): text is ConfigKey {
  return Object.hasOwn(configFields, text);
}

/** A change as it comes through a door; empty ones and unknown names are refused. */
export const configChangeSchema = z
  .object(
    // Without its default a missing field stays missing; zod would fill it in and so reset it.
    Object.fromEntries(
      Object.entries(configFields).map(([key, schema]) => [
        key,
        (schema as z.ZodDefault<z.ZodType>).unwrap().optional(),
      ]),
    ),
  )
  .strict() as unknown as z.ZodType<ConfigChange, ConfigChange>;

/** What a setting takes. */
export type FieldShape =
  | { readonly type: 'boolean' }
  | {
      readonly type: 'number';
      readonly minimum: number;
      readonly maximum: number;
      readonly whole: boolean;
    }
  | { readonly type: 'text'; readonly maxLength: number }
  /** One of the options, or some of them. */
  | { readonly type: 'choice' | 'list'; readonly options: readonly string[] };

/** A setting, as a page makes a control of it. */
export type ConfigField = {
  readonly key: ConfigKey;
  readonly description: string;
  readonly shape: FieldShape;
  /** Its default. */
  readonly fallback: boolean | number | string | readonly string[];
  /** Variables of the environment that set it. */
  readonly variables: readonly string[];
};

/** Where a setting's value comes from; `variable` is the environment's name for it. */
export type ConfigSource =
  | { readonly from: 'default' | 'file' }
  | { readonly from: 'environment'; readonly variable: string };

/** What in the file or the environment cannot be used, and so has no effect; `field` may be empty. */
export type ConfigProblem = {
  readonly field: string;
  readonly message: string;
};

/** The configuration in effect, where each value comes from, and what was passed over. */
export type ConfigView = {
  readonly config: Config;
  readonly sources: Readonly<Record<ConfigKey, ConfigSource>>;
  readonly problems: readonly ConfigProblem[];
  /** What is in effect and should be looked at, because this is production. */
  readonly warnings: readonly ConfigProblem[];
  /** Absolute path of the configuration file; it need not exist. */
  readonly file: string;
};

/** The configuration with some settings changed. */
export function withChange(config: Config, change: ConfigChange): Config {
  const next = structuredClone(config) as Record<string, Record<string, unknown>>;
  for (const [key, value] of Object.entries(change)) {
    const [section = '', field = ''] = key.split('.');
    const fields = next[section];
    if (fields && value !== undefined) fields[field] = value;
  }
  return next as Config;
}

/** Every setting at its default. */
export const configDefaults: Config = configSchema.parse(
  Object.fromEntries(Object.keys(configSchema.shape).map((section) => [section, {}])),
);
