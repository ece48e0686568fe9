import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogFile } from '#main/core/log/log-file.ts';
import { LogReader } from '#main/core/log/log-reader.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('gives every line once, in order, however often the log is rolled between two looks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant('look' as const)), {
        maxLength: 30,
      }),
      (steps) => {
        const path = join(tempFolder(), 'omega.log');
        const file = new LogFile(path, { maxBytes: 100, keep: 1_000 });
        const reader = new LogReader(path);
        const [written, read]: [string[], string[]] = [[], []];
        for (const step of [...steps, 'look', 'look'] as const) {
          if (step === 'look') read.push(...reader.lines());
          for (let line = 0; step !== 'look' && line < step; line += 1) {
            const text = `line ${written.length} é`;
            file.write(`${text}\n`);
            written.push(text);
          }
        }
        file.dispose();
        reader.dispose();
        expect(read).toEqual(written);
      },
    ),
    { numRuns: 60 },
  );
});

it('waits for the end of a line, and for a log that is not there yet or was removed', () => {
  const folder = tempFolder();
  const path = join(folder, 'omega.log');
  const reader = new LogReader(path);
  expect([...reader.lines()]).toEqual([]);
  const file = new LogFile(path, { maxBytes: 1_000, keep: 3 });
  file.write('half');
  expect([...reader.lines()]).toEqual([]);
  file.write(' and whole\n');
  expect([...reader.lines()]).toEqual(['half and whole']);
  rmSync(path);
  expect([...reader.lines()]).toEqual([]);
  file.write('anew\n');
  expect([...reader.lines()]).toEqual(['anew']);
  file.dispose();
  reader.dispose();
  rmSync(folder, { recursive: true });
  expect([...new LogReader(path).lines()]).toEqual([]);
});
