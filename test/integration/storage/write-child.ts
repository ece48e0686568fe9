import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';

/** Writes pairs of rows until it is killed; says so after the first hundred. Argument: data folder. */
const storage = new Storage(process.argv[2] ?? '', systemClock);
for (let index = 0; ; index += 1) {
  storage.durably(() => {
    for (const side of ['left', 'right']) {
      const root = `/${process.pid}/${index}/${side}`;
      storage.projects.add({ root, name: 'x'.repeat(500), addedAt: index, sample: false });
    }
  });
  if (index === 100) process.stdout.write('at work\n');
  // Lets the output leave the process.
  await new Promise(setImmediate);
}
