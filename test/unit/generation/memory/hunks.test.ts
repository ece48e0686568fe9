import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks } from '#main/generation/memory/apply-hunks.ts';
import { cutHunks } from '#main/generation/memory/cut-hunks.ts';
import { type Hunk, hunksSchema } from '#main/generation/memory/hunk.ts';
import type { OwnWords } from '#main/generation/memory/own-words.ts';

const nobody: OwnWords = { name: null, path: null, port: null, words: [] };
const orders: OwnWords = { name: 'orders', path: null, port: '3000', words: ['orders', '3000'] };
const billing: OwnWords = { name: 'billing', path: null, port: '4100', words: ['billing', '4100'] };

function cut(made: string, edited: string, own: OwnWords = nobody): readonly Hunk[] {
  const result = cutHunks(made, edited, own);
  if (result.type === 'refused') throw new Error(result.why);
  return result.hunks;
}

/** Texts of distinct lines, and what an edit makes of them: each line kept, dropped, or followed by new ones. */
const edits = fc
  .array(fc.record({ drop: fc.boolean(), add: fc.integer({ min: 0, max: 2 }) }), {
    minLength: 3,
    maxLength: 40,
  })
  .map((lines) => {
    const made = lines.map((_, at) => `line ${at}`);
    const edited = lines.flatMap(({ drop, add }, at) => [
      ...(drop ? [] : [`line ${at}`]),
      ...Array.from({ length: add }, (_, more) => `new ${at} ${more}`),
    ]);
    return { made: `${made.join('\n')}\n`, edited: `${edited.join('\n')}\n` };
  })
  .filter(({ edited }) => edited.includes('line'));

describe('the changes of an edit', () => {
  it('make the edited text of the one they were cut from, and nothing twice', () => {
    fc.assert(
      fc.property(edits, ({ made, edited }) => {
        const hunks = cut(made, edited);
        if (hunks.length > 0) expect(hunksSchema.safeParse(hunks).error).toBeUndefined();
        const once = applyHunks(made, hunks, nobody);
        expect(once.text).toBe(edited);
        expect(once.applied).toBe(hunks.length);
        const twice = applyHunks(edited, hunks, nobody);
        expect(twice.text).toBe(edited);
        expect(twice.applied).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('find their place in a file with other lines above, and around them', () => {
    const hunks = cut('a\nb\nc\nd\ne\n', 'a\nb\nc\nNEW\nd\ne\n');
    expect(applyHunks('x\ny\nz\na\nb\nc\nd\ne\n', hunks, nobody).text).toContain('c\nNEW\nd\n');
    expect(applyHunks('a\nOTHER\nc\nd\ne\n', hunks, nobody).text).toContain('c\nNEW\nd\n');
    // Not where the lines right beside it are others.
    const elsewhere = applyHunks('a\nb\nOTHER\nd\ne\n', hunks, nobody);
    expect(elsewhere).toMatchObject({ applied: 0, misfits: 1, text: 'a\nb\nOTHER\nd\ne\n' });
  });

  it('do not fit where the line that they remove is gone', () => {
    const hunks = cut('a\nb\nold\nc\nd\n', 'a\nb\nnew\nc\nd\n');
    expect(applyHunks('a\nb\nother\nc\nd\n', hunks, nobody)).toMatchObject({ misfits: 1 });
  });

  it('are made apart, so that one that does not fit keeps no other', () => {
    const made = 'a\nb\nc\nd\ne\nf\n';
    const hunks = cut(made, 'a\nB\nc\nd\nE\nf\n');
    expect(hunks).toHaveLength(2);
    const result = applyHunks('a\nother\nc\nd\ne\nf\n', hunks, nobody);
    expect(result).toMatchObject({ applied: 1, misfits: 1, text: 'a\nother\nc\nd\nE\nf\n' });
  });

  it('say the other service’s name, and know lines by either name', () => {
    const hunks = cut('name: orders\nx\ny\n', 'name: orders\nport: 3000\nx\ny\n', orders);
    expect(JSON.stringify(hunks.map(({ needs }) => needs))).toBe('[[]]');
    expect(applyHunks('name: billing\nx\ny\n', hunks, billing).text).toBe(
      'name: billing\nport: 4100\nx\ny\n',
    );
    expect(applyHunks('name: orders\nx\ny\n', hunks, orders).text).toContain('port: 3000');
    // One without a port of its own has nothing to say there.
    expect(applyHunks('name: billing\nx\ny\n', hunks, nobody)).toMatchObject({ foreign: 1 });
  });

  it('forget line ends: a text saved with CRLF and without the last one is no edit', () => {
    expect(cut('a\nb\n', 'a\r\nb')).toEqual([]);
    expect(applyHunks('a\nb\nc\n', cut('a\nb\nc\n', 'a\r\nNEW\r\nb\r\nc'), nobody).text).toBe(
      'a\nNEW\nb\nc\n',
    );
  });

  it('take a hostile place in their stride', () => {
    const [hunk] = cut('a\nb\n', 'a\nNEW\nb\n');
    if (!hunk) throw new Error('no change');
    const far = applyHunks('a\nb\n', [{ ...hunk, at: 1_000_000 }], nobody);
    expect(far.text).toBe('a\nNEW\nb\n');
  });
});
