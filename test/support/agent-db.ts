import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { EmbedText } from '#main/acceleration/embeddings/remembered-texts.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { AgentDb } from '#main/agentdb/agent-db.ts';
import { type Clock, systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { Storage } from '#main/storage/storage.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { type AgentdbSettings, agentdbSettings } from '#shared/settings/agentdb-settings.ts';
import { changing } from './changing.ts';
import { computeEntry } from './model.ts';
import { tempFolder } from './temp-folder.ts';

/** A vector by a text's words alone: enough to tell texts apart, where meaning is not what is tested. */
export const byWords: EmbedText = async (text) => {
  const vector = new Float32Array(384);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 384;
    vector[hash] = (vector[hash] ?? 0) + 1;
  }
  return vector;
};

/** What a test opens an AgentDB with. */
export type OpenAgentDb = {
  readonly folder?: string;
  readonly embed?: EmbedText;
  /** What the compute process runs. */
  readonly entry?: string;
  readonly settings?: Partial<AgentdbSettings>;
  readonly clock?: Clock;
  /** Whether the index runs. */
  readonly running?: () => boolean;
};

/** An AgentDB on a data folder, with a real store and a real index, as a start of the app opens it. */
export function openAgentDb(options: OpenAgentDb = {}) {
  const { folder = tempFolder(), embed = byWords, entry = computeEntry } = options;
  const clock = options.clock ?? systemClock;
  const storage = new Storage(folder, clock);
  const metrics = createMetrics();
  const openIndex = () =>
    new VectorIndex({
      spawn: forkCompute(entry),
      store: storage.vectors,
      folder: join(folder, 'vectors'),
      engine: fixed('auto'),
    });
  let index = openIndex();
  const vectors = () => {
    if (options.running?.() ?? true) return index;
    throw new OmegaError('NOT_RUNNING', 'The index is not running.', { retryable: true });
  };
  const restartIndex = async (): Promise<void> => {
    await index.dispose();
    index = openIndex();
  };
  const settings = changing<AgentdbSettings>({ ...agentdbSettings.parse({}), ...options.settings });
  const events: RuntimeEvent[] = [];
  const emit = (event: RuntimeEvent): void => void events.push(event);
  const db = new AgentDb({ storage, vectors, embed, settings, clock, emit, metrics });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    db.dispose();
    stopped ??= index.dispose().then(() => storage.dispose());
    return stopped;
  };
  onTestFinished(stop);
  return { folder, storage, restartIndex, settings, events, metrics, db, stop };
}
