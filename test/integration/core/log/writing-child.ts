import { LogFile } from '#main/core/log/log-file.ts';

// Writes numbered lines as fast as it can, beside others that do the same.
const [path = '', lines = '0', maxBytes = '0'] = process.argv.slice(2);
const file = new LogFile(path, { maxBytes: Number(maxBytes), keep: 1_000 });
for (let line = 0; line < Number(lines); line += 1) {
  file.write(`${JSON.stringify({ pid: process.pid, line, text: 'x'.repeat(line % 80) })}\n`);
}
file.dispose();
