import { z } from 'zod';
import type { AgentdbSettings } from '#shared/settings/agentdb-settings.ts';
import type { EngineChoice } from '../engines/vector-engine.ts';

/** What a user may set about indexes; 0 and `auto` leave it to the engine and to measuring. */
export const indexSettingSchema = z.object({
  /** Links of each vector of a graph. */
  links: z.int().min(0),
  /** Vectors that a search of a graph looks at. */
  ef: z.int().min(0),
  /** Lists that a search of an inverted file looks through. */
  probes: z.int().min(0).default(0),
  /** How usearch rounds vectors. */
  quantisation: z.enum(['auto', 'bf16', 'f16', 'f32']).default('auto'),
});
/** See {@link indexSettingSchema}. */
export type IndexSetting = Readonly<z.infer<typeof indexSettingSchema>>;

/** Nothing is set. */
export const ownIndex: IndexSetting = { links: 0, ef: 0, probes: 0, quantisation: 'auto' };

/** With fewer links than this a graph falls apart. */
const leastLinks = 4;

/** The choice with the setting put in, as far as its engine heeds it. */
export function shaped(choice: EngineChoice, setting: IndexSetting): EngineChoice {
  const { links, ef, probes, quantisation } = setting;
  if (choice.engine === 'faiss-ivf') return probes > 0 ? { ...choice, probes } : choice;
  if (choice.engine !== 'usearch' && choice.engine !== 'faiss-hnsw') return choice;
  return {
    ...choice,
    ...(choice.engine === 'usearch' && quantisation !== 'auto' ? { quantisation } : {}),
    ...(links > 0 ? { links: Math.max(leastLinks, links) } : {}),
    ...(ef > 0 ? { ef } : {}),
  };
}

/** What each engine heeds of a setting. */
const heeded: Readonly<Record<EngineChoice['engine'], readonly (keyof IndexSetting)[]>> = {
  usearch: ['links', 'ef', 'quantisation'],
  'faiss-hnsw': ['links', 'ef'],
  'faiss-ivf': ['probes'],
  'faiss-flat': [],
  exact: [],
};

/** Whether both ask an engine for the same index; `auto` stands for all engines. */
export function isSameIndex(
  engine: EngineChoice['engine'] | 'auto',
  one: IndexSetting,
  other: IndexSetting,
): boolean {
  const names =
    engine === 'auto' ? (Object.keys(ownIndex) as (keyof IndexSetting)[]) : heeded[engine];
  return names.every((name) => one[name] === other[name]);
}

/** What the settings of the app say about indexes. */
export function indexSettingOf(settings: AgentdbSettings): IndexSetting {
  const { hnswM, hnswEf, ivfProbes, quantisation } = settings;
  return { links: hnswM, ef: hnswEf, probes: ivfProbes, quantisation };
}
