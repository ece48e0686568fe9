import { z } from 'zod';
import type { EngineChoice } from '../engines/vector-engine.ts';

/** What a user may set about graph engines; 0 leaves it to the engine and to measuring. */
export const graphSettingSchema = z.object({
  /** Links of each vector. */
  links: z.int().min(0),
  /** Vectors that a search looks at. */
  ef: z.int().min(0),
});
/** See {@link graphSettingSchema}. */
export type GraphSetting = Readonly<z.infer<typeof graphSettingSchema>>;

/** Nothing is set. */
export const ownGraph: GraphSetting = { links: 0, ef: 0 };

/** With fewer links than this a graph falls apart. */
const leastLinks = 4;

/** The choice with the setting put in, where it is of a graph. */
export function shaped(choice: EngineChoice, { links, ef }: GraphSetting): EngineChoice {
  if (!isGraph(choice.engine)) return choice;
  return {
    ...choice,
    ...(links > 0 ? { links: Math.max(leastLinks, links) } : {}),
    ...(ef > 0 ? { ef } : {}),
  };
}

/** Whether an engine is a graph, and so heeds a {@link GraphSetting}. */
export function isGraph(engine: EngineChoice['engine']): boolean {
  return engine === 'usearch' || engine === 'faiss-hnsw';
}

/** Whether both ask for the same graph. */
export function isSameGraph(one: GraphSetting, other: GraphSetting): boolean {
  return one.links === other.links && one.ef === other.ef;
}
