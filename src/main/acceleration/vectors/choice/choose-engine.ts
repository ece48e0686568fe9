import type { KeyedRows } from '#main/storage/vectors/vector-rows.ts';
import { OmegaError } from '#shared/error.ts';
import type { VectorEngineName } from '#shared/vector-engines.ts';
import { type IndexSource, RemoteIndex } from '../collection/remote-index.ts';
import type { EngineChoice } from '../engines/vector-engine.ts';
import { choiceName, type EngineRecord, type EngineTrial } from './engine-record.ts';
import { type IndexSetting, shaped } from './index-setting.ts';
import type { EngineSetting } from './what-to-do.ts';

/** Share of the 10 nearest that an engine has to find. */
export const targetRecall = 0.99;
/** How much faster another engine must be before the present one is left. */
const worthChanging = 1.2;

const candidates: readonly EngineChoice[] = [
  { engine: 'usearch', quantisation: 'bf16' },
  { engine: 'usearch', quantisation: 'f16' },
  { engine: 'faiss-hnsw' },
  { engine: 'faiss-ivf' },
  { engine: 'faiss-flat' },
  { engine: 'exact' },
];

/** Vectors of the collection itself: `probes` are asked for, and are not among `rows`. */
export type Sample = { readonly rows: KeyedRows; readonly probes: KeyedRows };

/**
 * Builds every engine that the setting allows on a sample, measures it, and picks the one from which
 * most queries a second are to be expected at all vectors, of those that reach {@link targetRecall}.
 */
export async function chooseEngine(
  source: IndexSource,
  sample: Sample,
  size: number,
  setting: EngineSetting,
  graph: IndexSetting,
  present: EngineChoice,
  signal: AbortSignal,
): Promise<Pick<EngineRecord, 'choice' | 'reason' | 'trials'>> {
  const gpu = await source.gpu();
  const onGpu: readonly EngineChoice[] = gpu === null ? [] : [{ engine: 'exact', device: gpu }];
  const asked = [...candidates, ...onGpu]
    .filter(({ engine }) => setting === 'auto' || engine === setting)
    .map((choice) => shaped(choice, graph));
  const trials: EngineTrial[] = [];
  // One after the other: together they would measure each other.
  for (const choice of asked) trials.push(await tryEngine(source, choice, sample, size, signal));
  const usable = trials.filter(({ problem }) => problem === null);
  const exactEnough = usable.filter(({ recallAt10 }) => (recallAt10 ?? 0) >= targetRecall);
  const [best] = [...(exactEnough.length > 0 ? exactEnough : usable)].sort(
    exactEnough.length > 0 ? bySpeed : byRecall,
  );
  if (!best) {
    const reason = `No such engine works here: ${trials.map(({ problem }) => problem).join(' ')}`;
    return { choice: { engine: 'exact' }, reason, trials };
  }
  const own = exactEnough.find(({ choice }) => choiceName(choice) === choiceName(present));
  const speed = best.expectedQueriesPerSecond ?? 0;
  if (own && own !== best && speed < worthChanging * (own.expectedQueriesPerSecond ?? 0)) {
    const reason = `${choiceName(best.choice)} is faster, but by less than a fifth.`;
    return { choice: own.choice, reason, trials };
  }
  const reached =
    exactEnough.length > 0 ? 'fastest of those that reach' : 'best where none reaches';
  const reason = `On a sample of your own vectors it is the ${reached} a recall of ${targetRecall}.`;
  return { choice: best.choice, reason, trials };
}

async function tryEngine(
  source: IndexSource,
  choice: EngineChoice,
  { rows, probes }: Sample,
  size: number,
  signal: AbortSignal,
): Promise<EngineTrial> {
  let index: RemoteIndex | null = null;
  try {
    index = await RemoteIndex.open(source, choice, { heldOut: probes });
    await index.add(rows);
    await index.merge(signal);
    const { recallAt10, queriesPerSecond } = await index.measure(targetRecall, signal);
    const growth = growthOf(choice.engine, rows.keys.length, size);
    const expectedQueriesPerSecond = Math.round(queriesPerSecond / growth);
    return { choice, recallAt10, queriesPerSecond, expectedQueriesPerSecond, problem: null };
  } catch (error) {
    if (signal.aborted || !(error instanceof OmegaError)) throw error;
    const none = { recallAt10: null, queriesPerSecond: null, expectedQueriesPerSecond: null };
    return { choice, ...none, problem: error.message };
  } finally {
    index?.close();
  }
}

/** How much longer a search takes among all vectors than in the sample, by what it looks at. */
function growthOf(engine: VectorEngineName, sample: number, size: number): number {
  const ratio = Math.max(1, size / sample);
  if (engine === 'exact' || engine === 'faiss-flat') return ratio;
  // As many lists as the root of the vectors, each as long as that.
  if (engine === 'faiss-ivf') return Math.sqrt(ratio);
  return Math.max(1, Math.log(size) / Math.log(sample));
}

const bySpeed = (a: EngineTrial, b: EngineTrial): number =>
  (b.expectedQueriesPerSecond ?? 0) - (a.expectedQueriesPerSecond ?? 0);
const byRecall = (a: EngineTrial, b: EngineTrial): number =>
  (b.recallAt10 ?? 0) - (a.recallAt10 ?? 0);
