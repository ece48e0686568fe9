import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat, validateFile } from '#main/generation/validation/validate.ts';

const signal = new AbortController().signal;

async function rules(content: string, path = '.env.example'): Promise<readonly string[]> {
  const findings = await validateFile({ path, content, format: 'dotenv' }, signal);
  return findings.map(({ rule, severity, line }) => `${line} ${severity} ${rule}`);
}

describe('an env file', () => {
  it('is known by its name', () => {
    expect(detectFormat('.env.example', '')).toBe('dotenv');
    expect(detectFormat('web/.env', '')).toBe('dotenv');
    expect(detectFormat('environment.env.ts', '')).toBeNull();
  });

  it('passes with comments, quotes over lines, exports and empty values', async () => {
    const text = '# hint\nexport A=1\nB=\nC="two\nlines = here"\nD=\'x\'\nPASSWORD=\n';
    expect(await rules(text)).toEqual([]);
  });

  it('is refused where Compose refuses it', async () => {
    expect(await rules('A=1\nnot a line\n1A=2\n')).toEqual([
      '2 error dotenv/syntax',
      '3 error dotenv/syntax',
    ]);
  });

  it('holds no secret where it is an example, and names no variable twice', async () => {
    expect(await rules('DB_PASSWORD=hunter2!\nA=1\nA=2\n')).toEqual([
      '1 warning dotenv/secret',
      '3 warning dotenv/duplicate',
    ]);
    expect(await rules(`KEY=AKIA${'A'.repeat(16)}\n`)).toEqual(['1 error dotenv/secret']);
    expect(await rules('DB_PASSWORD=hunter2!\n', '.env')).toEqual([]);
  });

  it('never makes the validator throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        await rules(text);
      }),
      { numRuns: 200 },
    );
  });
});
