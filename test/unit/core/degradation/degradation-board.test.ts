import { describe, expect, it } from 'vitest';
import { type Consequence, DegradationBoard } from '#main/core/degradation/degradation-board.ts';

const consequences: readonly Consequence[] = [
  {
    of: 'embeddings',
    level: 'text-only',
    means: { subsystem: 'memory', level: 'text-only' },
  },
  { of: 'memory', level: 'text-only', means: { subsystem: 'loops', level: 'text-only' } },
  { of: 'storage', level: 'read-only', means: { subsystem: 'memory', level: 'read-only' } },
];

function board() {
  const told: string[] = [];
  const one = new DegradationBoard({
    consequences,
    onEnter: ({ subsystem, level }) => told.push(`+${subsystem} ${level}`),
    onLeave: ({ subsystem, level }) => told.push(`-${subsystem} ${level}`),
    clock: { now: () => 7 },
  });
  return { one, told };
}

describe('the board of degradations', () => {
  it('degrades those that stand on a part, and brings all of them back with it', () => {
    const { one, told } = board();
    one.enter('embeddings', 'text-only', 'The model died.');
    expect(one.find('loops', 'text-only')).toMatchObject({ reason: 'The model died.', since: 7 });
    one.leave('embeddings', 'text-only');
    expect(one.isWhole).toBe(true);
    expect(one.find('memory', 'text-only')).toBeNull();
    expect(told.join(' ')).toBe(
      '+embeddings text-only +memory text-only +loops text-only -embeddings text-only -memory text-only -loops text-only',
    );
  });

  it('keeps a level for which a part has a reason of its own', () => {
    const { one, told } = board();
    one.enter('memory', 'text-only', 'Its index is gone.');
    one.enter('embeddings', 'text-only', 'The model died.');
    one.leave('embeddings', 'text-only');
    expect(one.find('memory', 'text-only')?.reason).toBe('Its index is gone.');
    expect(told.at(-1)).toBe('-embeddings text-only');
  });

  it('tells of a level once, however often it is entered', () => {
    const { one, told } = board();
    one.enter('storage', 'read-only', 'The disk is full.');
    one.enter('storage', 'read-only', 'The disk is still full.');
    one.leave('storage', 'text-only');
    expect(told).toEqual(['+storage read-only', '+memory read-only']);
    expect(one.list().map(({ reason }) => reason)).toEqual([
      'The disk is still full.',
      'The disk is still full.',
    ]);
  });
});
