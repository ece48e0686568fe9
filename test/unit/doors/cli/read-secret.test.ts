import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readSecret, type SecretInput } from '#main/doors/cli/read-secret.ts';

/** A terminal or a pipe, and what was shown on it. */
function input(isTTY: boolean) {
  const stream = new PassThrough();
  const raw: boolean[] = [];
  const shown: string[] = [];
  const source = Object.assign(stream, { isTTY, setRawMode: (on: boolean) => raw.push(on) });
  const read = (signal = new AbortController().signal) =>
    readSecret('Key: ', signal, source as unknown as SecretInput, {
      write: (text: string) => shown.push(String(text)) > 0,
    });
  return { stream, raw, shown, read };
}

it('takes what is typed up to Enter, without showing it, and gives the terminal back', async () => {
  const { stream, raw, shown, read } = input(true);
  const reading = read();
  for (const letter of ['s', 'k-', 'x\u007f', '1\b2', '\r', 'more']) stream.write(letter);
  expect(await reading).toBe('sk-2');
  expect(raw).toEqual([true, false]);
  expect(shown.join('')).toBe('Key: \n');
});

it('takes all of a pipe, and asks nothing', async () => {
  const { stream, raw, shown, read } = input(false);
  const reading = read();
  stream.end('  sk-from-a-pipe \n');
  expect(await reading).toBe('sk-from-a-pipe');
  expect([raw, shown]).toEqual([[], []]);
});

it.each([
  ['Ctrl-C', (stream: PassThrough) => stream.write('sk-\u0003'), 'CANCELLED'],
  ['Enter alone', (stream: PassThrough) => stream.write('\r'), 'INVALID_INPUT'],
  ['Ctrl-D', (stream: PassThrough) => stream.write('\u0004'), 'INVALID_INPUT'],
])('%s gives no key', async (_, type, code) => {
  const { stream, raw, read } = input(true);
  const reading = read();
  type(stream);
  await expect(reading).rejects.toMatchObject({ code });
  expect(raw).toEqual([true, false]);
});

it('ends with the signal, and reads no endless pipe', async () => {
  await expect(input(false).read(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  const { stream, read } = input(false);
  const reading = read();
  stream.write('x'.repeat(9000));
  await expect(reading).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
