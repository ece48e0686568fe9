import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsolidationReport } from '#shared/memory.ts';
import { maxStallMs } from './event-loop-stalls.ts';
import { MemoryApp } from './memory-app.ts';
import type { ConsolidationFigures, ConsolidationSetup } from './memory-consolidation-part.ts';
import { rounded } from './statistics.ts';

const { folder, dimensions, aheadMs } = JSON.parse(process.argv[2] ?? '') as ConsolidationSetup;
const app = new MemoryApp(
  { dimensions, texts: [], vectors: new Float32Array() },
  { folder, aheadMs },
);
await app.ready();
const idle = await maxStallMs(() => sleep(2_000));
const began = performance.now();
const runs: ConsolidationReport[] = [];
const stall = await maxStallMs(async () => {
  runs.push(await app.memories.consolidate());
});
const seconds = rounded((performance.now() - began) / 1000, 1);
const [report] = runs;
if (!report) throw new Error('A consolidation gave no report.');
const again = await app.memories.consolidate();
await app.close();
const figures: ConsolidationFigures = {
  maxStallMs: stall,
  idleMaxStallMs: idle,
  seconds,
  report,
  again,
};
process.send?.(figures);
process.disconnect();
