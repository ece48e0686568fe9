import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { Told } from './kills-ledger.ts';
import { collection, killsRuntime, vectorOf, wordOf } from './kills-runtime.ts';

/**
 * Waits for the first seed of its writes, opens the runtime and writes until it is killed, from
 * several callers at once. What was answered is told in a line each, after the answer; a deletion
 * also before. Argument: data folder.
 */
const callers = 3;

// Node keeps what it compiled when a process ends by itself, which none of these does.
flushCompileCache();
process.stdout.write('ready\n');
const [line] = await once(process.stdin, 'data');
let seed = Number(String(line));
const runtime = killsRuntime(process.argv[2] ?? '');
await runtime.start();
const api = new OmegaApi(runtime);
await Promise.all(Array.from({ length: callers }, writeForever));

async function writeForever(): Promise<never> {
  for (let turn = 1; ; turn += 1) {
    const kept = await storeMemory();
    await storeRest();
    if (turn % 2 === 0) {
      await api.updateMemory(kept, { metadata: { turn } });
      tell({ what: 'updated', id: kept, turn });
    }
    if (turn % 4 === 0) await storeAndDelete();
    if (turn % 16 === 0) await api.consolidate();
    // Lets the health monitor and the other callers have their turn.
    await new Promise(setImmediate);
  }
}

async function storeMemory(): Promise<string> {
  const own = seed++;
  const text = `a memory about ${wordOf(own)}`;
  const { id } = await api.storeMemory({ tier: 'semantic', text, embedding: vectorOf(own) });
  tell({ what: 'memory', id, seed: own });
  return id;
}

async function storeRest(): Promise<void> {
  const [first, second] = [seed++, seed++];
  const { id: vector } = await api.storeVector({ collection, vector: vectorOf(first) });
  tell({ what: 'vector', id: vector, seed: first });
  const { id } = await api.storeEpisode({
    ...{ sessionId: 'kills', task: wordOf(second), reward: 1, success: true },
    embedding: vectorOf(second),
  });
  tell({ what: 'episode', id, seed: second });
}

async function storeAndDelete(): Promise<void> {
  const id = await storeMemory();
  tell({ what: 'deleting', id });
  await api.deleteMemory(id);
  tell({ what: 'deleted', id });
}

function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
