import { describe, expect, it } from 'vitest';
import { LineCounter, parseAllDocuments } from 'yaml';
import { readYamlDocuments } from '#main/generation/read-yaml.ts';
import { validateFile } from '#main/generation/validation/validate.ts';
import { cpuMs } from '#test/support/cpu-time.ts';

const signal = new AbortController().signal;

function read(text: string) {
  // The app names keys that stand twice itself: the library compares each with each.
  return readYamlDocuments(text, { lineCounter: new LineCounter(), uniqueKeys: false });
}

describe('readYamlDocuments', () => {
  it.each([
    'a: [1, {b: "c"}]\n---\n- x\n...\n',
    '',
    '# only a comment\n',
    'a: b: c\n',
    'a: "open\n',
    '- a\n b\n',
  ])('reads %j as the library does', (text) => {
    const ours = (read(text) ?? []).map((one) => [one.toJS(), one.errors.map((e) => e.message)]);
    const theirs = parseAllDocuments(text, { prettyErrors: false });
    expect(ours).toEqual(
      Array.from(theirs, (one) => [one.toJS(), one.errors.map(({ message }) => message)]),
    );
  });

  it('refuses a text of too many tokens, and reads a large one of real lines', () => {
    expect(read(`[${'a,'.repeat(300_000)}]`)).toBeNull();
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `key-${index}: !Ref "value ${index}"`,
    );
    expect(read(lines.join('\n'))?.[0]?.errors).toEqual([]);
  });

  it('stops at the first faults: what follows them is noise', () => {
    const text = '{} '.repeat(30_000);
    const errors = (read(text) ?? []).flatMap((one) => one.errors);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(200);
  });
});

describe('validateFile', () => {
  // Each of these took 2 to 10 s of the main thread, in which no other call was answered.
  it.each(['"" ', '{} ', '{}', '&a ', '*a '])('answers soon on 1 MB of %j', async (unit) => {
    const content = unit.repeat(Math.floor(999_000 / unit.length));
    const began = cpuMs();
    const findings = await validateFile(
      { path: 'compose.yaml', content, format: 'compose' },
      signal,
    );
    expect(findings).toMatchObject([{ severity: 'error', rule: 'compose/too-large' }]);
    expect(cpuMs() - began).toBeLessThan(1_500);
  });
});
