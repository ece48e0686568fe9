import { chooseEngine, targetRecall } from '../choice/choose-engine.ts';
import { type EngineRecord, exactRecord, parseRecord } from '../choice/engine-record.ts';
import type { IndexSetting } from '../choice/index-setting.ts';
import { type EngineSetting, type IndexWork, whatToDo } from '../choice/what-to-do.ts';
import { type IndexSource, RemoteIndex } from './remote-index.ts';
import { readRows, sampleKeys } from './sample-keys.ts';
import { saveSnapshot } from './snapshot.ts';

/** Vectors of a trial, and queries that are held out to measure with. */
const sampleRows = 20_000;
const probes = 1_000;
/** An index this small is not measured: no sample would say much. */
const measuredFrom = 1_000;

/** Which engine the work that is due asks for; `present` is what the collection has. */
export async function recordFor(
  due: IndexWork,
  source: IndexSource,
  setting: EngineSetting,
  graph: IndexSetting,
  present: EngineRecord,
  signal: AbortSignal,
): Promise<EngineRecord> {
  if (due === 'compact') return present;
  if (due === 'make exact') {
    const reason = setting === 'exact' ? 'The setting asks for it.' : exactRecord.reason;
    return { ...exactRecord, reason, setting, graph };
  }
  const { vectors } = source;
  const size = vectors.size();
  // What was chosen in an earlier life of the app, where that still holds.
  const known = parseRecord(vectors.record().choice);
  const holds = whatToDo({ size, removed: 0, record: known, setting, graph }) === 'nothing';
  if (present.choice.engine === 'exact' && known.choice.engine !== 'exact' && holds) return known;
  const keys = await sampleKeys(vectors, sampleRows + probes, signal);
  const heldOut = Math.min(probes, Math.ceil(keys.length / 10));
  const sample = {
    probes: await readRows(vectors, keys.slice(0, heldOut)),
    rows: await readRows(vectors, keys.slice(heldOut)),
  };
  const chosen = await chooseEngine(source, sample, size, setting, graph, present.choice, signal);
  return { ...exactRecord, ...chosen, setting, graph };
}

/**
 * Makes an index of all vectors beside the one that answers, measures it with vectors that are held
 * out until then, and saves it. What is written meanwhile may still be missing: see `behind`.
 * @param onOpen gets the index while it is made, so that it hears of removals
 */
export async function buildIndex(
  source: IndexSource,
  folder: string,
  record: EngineRecord,
  signal: AbortSignal,
  onOpen: (index: RemoteIndex) => void,
): Promise<{ readonly index: RemoteIndex; readonly record: EngineRecord }> {
  const began = performance.now();
  const { vectors } = source;
  const size = vectors.size();
  const isExact = record.choice.engine === 'exact';
  const measures = size >= measuredFrom && !isExact;
  const keys = measures ? await sampleKeys(vectors, probes, signal) : [];
  const heldOut = vectors.rows(keys);
  const index = await RemoteIndex.open(source, record.choice, { heldOut });
  onOpen(index);
  try {
    await index.catchUp();
    await index.merge(signal);
    const buildMs = Math.round(performance.now() - began);
    const measured = measures ? await index.measure(targetRecall, signal) : null;
    await index.letIn(heldOut);
    await index.merge(signal);
    const figures = measured && { ...measured, buildMs };
    const made = { ...record, size, effort: measured?.effort ?? null, figures };
    vectors.keepChoice(JSON.stringify(made));
    // Before it answers: a search would wait for the file.
    if (!isExact) await saveSnapshot(folder, source, index);
    return { index, record: made };
  } catch (error) {
    index.close();
    throw error;
  }
}
