import { z } from 'zod';
import { exactBelow, remeasureFactor } from '#main/acceleration/vectors/choice/what-to-do.ts';
import { OmegaError } from '#shared/error.ts';
import type { Intelligence } from '#shared/intelligence.ts';
import type { CycleOutput, LoopAction, LoopCycle } from '#shared/loops.ts';
import type { EnginePort, VectorsNow } from './transformative-ports.ts';

/** What a cycle came to about the engine. */
export type EngineChange = {
  /** What is kept with the cycle; the next one reads it. */
  readonly results: CycleOutput['results'][string];
  readonly insights: readonly string[];
  readonly actions: readonly LoopAction[];
  /** Share of the nearest that the better engine finds; null where nothing was measured. */
  readonly quality: number | null;
};

const measuredSchema = z.object({
  name: z.string(),
  /** What was set then, and what took its place: one that was taken back is not measured again. */
  settings: z.array(z.string()).max(2),
  /** Vectors when it was measured. */
  measuredAt: z.number(),
});
/** The last measurement of a collection. */
type MeasuredAt = z.infer<typeof measuredSchema>;

/**
 * Looks whether the engine that is set was set for fewer vectors than there are now, measures what
 * would be better, and changes what an intelligence had set; what a person set is only proposed.
 * Left to itself (`auto`) the engine follows the collection without this. What was measured before
 * at about as many vectors is not again.
 */
export async function changeEngine(
  engine: EnginePort,
  history: readonly LoopCycle[],
  { id, seed, signal }: { id: () => string; seed: number; signal: AbortSignal },
): Promise<EngineChange> {
  const now = engine.now();
  const before = lastMeasured(history);
  if (!now || !isOutgrown(now) || (before && isSame(before, now))) return unchanged(now, before);
  const { name, setting, size } = now;
  const measured: MeasuredAt = { name, settings: [setting], measuredAt: size };
  const made = await tuned(engine, `${name} at ${size} vectors`, seed, signal);
  if (typeof made === 'string') {
    const insight = `${name} has outgrown ${setting} with ${size} vectors; ${made}`;
    return { results: measured, insights: [insight], actions: [], quality: null };
  }
  const quality = made.best?.quality ?? null;
  if (!made.isBetter) {
    const insight = `${name} has ${size} vectors; measured again, nothing is clearly better than ${setting}.`;
    return { results: measured, insights: [insight], actions: [], quality };
  }
  const action = { ...(await acted(engine, now, made)), id: id() };
  const settings = [setting, engine.now()?.setting ?? setting];
  const settled: MeasuredAt = { ...measured, settings };
  return { results: settled, insights: [action.description], actions: [action], quality };
}

/** Takes an engine change back. Throws `CONFLICT` where it is not in force any more. */
export async function restoreEngine(engine: EnginePort, action: LoopAction): Promise<void> {
  const { intelligence } = z.object({ intelligence: z.string() }).parse(action.parameters);
  try {
    await engine.rollBack(intelligence, 'It was taken back where the loop had applied it.');
  } catch (error) {
    if (!(error instanceof OmegaError) || error.code !== 'REFUSED') throw error;
    const message = 'The engine was changed since; there is nothing of this to take back.';
    throw new OmegaError('CONFLICT', message, { cause: error });
  }
}

/** Whether an engine was set for fewer vectors: all are compared, or its shape was chosen for a quarter. */
function isOutgrown({ setting, size, chosenAt }: VectorsNow): boolean {
  if (setting === 'auto' || size < exactBelow) return false;
  if (setting === 'exact' || setting === 'faiss-flat') return true;
  return chosenAt > 0 && size / chosenAt >= remeasureFactor;
}

function isSame({ name, settings, measuredAt }: MeasuredAt, now: VectorsNow): boolean {
  const isKnown = name === now.name && settings.includes(now.setting);
  return isKnown && now.size / measuredAt < remeasureFactor;
}

function lastMeasured(history: readonly LoopCycle[]): MeasuredAt | null {
  for (const { output } of history) {
    const { data } = measuredSchema.safeParse(output?.results.engine);
    if (data) return data;
  }
  return null;
}

function unchanged(now: VectorsNow | null, before: MeasuredAt | null): EngineChange {
  const results = before ?? (now ? { ...now } : null);
  return { results, insights: [], actions: [], quality: null };
}

/** What was found, or why nothing was, as the end of a sentence. */
async function tuned(
  engine: EnginePort,
  name: string,
  seed: number,
  signal: AbortSignal,
): Promise<Intelligence | string> {
  try {
    return await engine.tune(name, seed, signal);
  } catch (error) {
    // A search that others hold up, or that broke, is one for the next cycle.
    if (!(error instanceof OmegaError) || error.code !== 'CAPABILITY_NOT_REACHED') throw error;
    return error.message;
  }
}

async function acted(
  engine: EnginePort,
  { name, setting, size, setBy }: VectorsNow,
  made: Intelligence,
): Promise<Omit<LoopAction, 'id'>> {
  const [after, before] = [made.best, made.before];
  const faster = (after?.score.mean ?? 0) / Math.max(1, before?.score.mean ?? 1);
  const gain = `${after?.point.engine} finds as much ${faster.toFixed(1)} times as fast`;
  const parameters = {
    ...{ intelligence: made.id, collection: name, vectors: size },
    ...{ before: before?.point ?? null, after: after?.point ?? null },
    ...{ queriesBefore: before?.score ?? null, queriesAfter: after?.score ?? null },
  };
  if (setBy === null) {
    const how = `you set ${setting}, so it is only proposed: omega intelligence apply ${made.id}`;
    const description = `With ${size} vectors in ${name}, ${gain}; ${how}`;
    return { kind: 'setting', description, parameters, state: 'proposed' };
  }
  const { applied } = await engine.apply(made.id);
  const moves = applied?.moves ?? [];
  const description = `With ${size} vectors in ${name}, ${gain}; it took the place of ${setting}.`;
  return { kind: 'setting', description, parameters: { ...parameters, moves }, state: 'done' };
}
