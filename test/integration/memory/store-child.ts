import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';

/** Stores memories until it is killed, and tells each id once it is stored. Argument: data folder. */
const storage = new Storage(process.argv[2] ?? '', systemClock);
for (let count = 0; ; count += 1) {
  const now = Date.now();
  const [id] = storage.memories.insert([
    {
      tier: 'semantic',
      type: 'fact',
      text: `memory ${count} ${'of some length '.repeat(count % 20)}`,
      importance: 0.5,
      confidence: 1,
      tags: ['child'],
      metadata: {},
      createdAt: now,
      accessedAt: now,
      uses: 0,
      provenance: { source: 'child', merged: [], moves: [] },
      vector: Float32Array.from({ length: 64 }, (_, at) => Math.sin((at + 1) * (count + 1))),
    },
  ]);
  process.stdout.write(`${id}\n`);
  if (count % 50 === 0) storage.memories.takeInText();
  // Lets the output leave the process.
  await new Promise(setImmediate);
}
