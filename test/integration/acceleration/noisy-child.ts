import { linkToParent } from '#main/acceleration/compute/parent-link.ts';

// Says much on standard error, as native libraries do, logs a line for its trace, and ends by itself.
const link = linkToParent();
link.onMessage(() => {
  process.stderr.write(`${'x'.repeat(5_000)}\n\n`);
  for (let line = 0; line < 500; line += 1) process.stderr.write(`noise ${line}\n`);
  link.log('debug', 'too little to be sent');
  link.send({ type: 'log', level: 'info', message: 'not in the form', trace: 7, fields: {} });
  link.send({ type: 'answer' });
  process.stderr.write('cut off here', () => process.exit(9));
});
