import { z } from 'zod';
import { vectorEngines } from '#shared/vector-engines.ts';
import type { EngineChoice } from '../engines/vector-engine.ts';
import { choiceSchema } from '../index/index-messages.ts';
import { indexSettingSchema, ownIndex } from './index-setting.ts';

const trialSchema = z.object({
  choice: choiceSchema,
  /** Measured on the sample; null where the engine is not to be had. */
  recallAt10: z.number().nullable(),
  queriesPerSecond: z.number().nullable(),
  /** What is expected of all vectors, from how the engine's work grows. */
  expectedQueriesPerSecond: z.number().nullable(),
  problem: z.string().nullable(),
});

/** One engine as it was tried on a sample of the user's own vectors. */
export type EngineTrial = z.infer<typeof trialSchema>;

const recordSchema = z.object({
  choice: choiceSchema,
  /** The setting that it was chosen under; the choice is another one where that could not be met. */
  setting: z.enum(['auto', ...vectorEngines]),
  /** What was set about graphs then. */
  graph: indexSettingSchema.default(ownIndex),
  effort: z.number().nullable(),
  reason: z.string(),
  /** Vectors when it was chosen. */
  size: z.int(),
  /** Of the whole index, with vectors that were held out; null where nothing was measured. */
  figures: z
    .object({ recallAt10: z.number(), queriesPerSecond: z.number(), buildMs: z.number() })
    .nullable(),
  trials: z.array(trialSchema),
});

/** Which engine a collection has, and why. */
export type EngineRecord = z.infer<typeof recordSchema>;

/** The record of a collection that nothing was chosen for yet. */
export const exactRecord: EngineRecord = {
  choice: { engine: 'exact' },
  setting: 'auto',
  graph: ownIndex,
  effort: null,
  reason: 'So few vectors are compared one by one faster than an index is kept.',
  size: 0,
  figures: null,
  trials: [],
};

/** Reads a record; one that is damaged or of another version reads as none. */
export function parseRecord(text: string | null): EngineRecord {
  if (text === null) return exactRecord;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return exactRecord;
  }
}

/** How a choice is called in messages. */
export function choiceName(choice: EngineChoice): string {
  if (choice.engine === 'usearch') return `usearch (${choice.quantisation})`;
  return 'device' in choice && choice.device ? `exact (${choice.device})` : choice.engine;
}
