import type { VectorEngineName } from '#shared/vector-engines.ts';
import type { EngineRecord } from './engine-record.ts';
import { type IndexSetting, isSameIndex } from './index-setting.ts';

/** What a user may set about the engine. */
export type EngineSetting = 'auto' | VectorEngineName;

/** Below this many vectors comparing all of them is fast enough, and exact. */
export const exactBelow = 4_000;
/** Growth or shrinking since the last choice that makes it worth measuring again. */
export const remeasureFactor = 4;
/** Share of removed vectors, and their number, from which an index is made anew. */
const compactShare = 0.2;
const compactFrom = 500;

/** What a collection looks like. */
export type CollectionNow = {
  /** Vectors in the store. */
  readonly size: number;
  /** Removed vectors that the index still holds. */
  readonly removed: number;
  readonly record: EngineRecord;
  readonly setting: EngineSetting;
  readonly graph: IndexSetting;
};

/** What has to be done about the index of a collection. */
export type IndexWork = 'nothing' | 'make exact' | 'measure' | 'compact';

/** Says what is due. Between half of `exactBelow` and all of it what is there stays. */
export function whatToDo({ size, removed, record, setting, graph }: CollectionNow): IndexWork {
  const { engine } = record.choice;
  const isDead = removed >= compactFrom && removed > compactShare * (size + removed);
  const rest = isDead ? 'compact' : 'nothing';
  if (setting === 'exact') return engine === 'exact' ? rest : 'make exact';
  const isSameShape = isSameIndex(setting, record.graph, graph);
  // One that could not be met is not tried again and again.
  const isMet = engine === setting || record.setting === setting;
  const isSettled = size === 0 || (isMet && isSameShape);
  if (setting !== 'auto') return isSettled ? rest : 'measure';
  if (size < exactBelow / 2) return engine === 'exact' ? rest : 'make exact';
  if (size < exactBelow) return rest;
  const factor = size / Math.max(1, record.size);
  const isOld = factor >= remeasureFactor || factor <= 1 / remeasureFactor;
  return isOld || record.setting !== 'auto' || !isSameShape ? 'measure' : rest;
}
