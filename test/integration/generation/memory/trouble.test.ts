import { describe, expect, it } from 'vitest';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { learningApi, swap } from '#test/support/learning-api.ts';
import { nodeProject } from '#test/support/node-project.ts';

const envTimeZone = swap('ENV NODE_ENV=production\n', 'ENV NODE_ENV=production\nENV TZ=UTC\n');

/** A memory that fails while `down` is set, in front of a real one. */
function failing(inner: () => ProposalMemory) {
  const state: { down: 'no' | 'fails' | 'hangs'; asked: number } = { down: 'no', asked: 0 };
  const memory = new Proxy({} as ProposalMemory, {
    get:
      (_, name: keyof ProposalMemory) =>
      (...input: unknown[]) => {
        state.asked += 1;
        if (state.down === 'fails') return Promise.reject(new Error('the store is away'));
        if (state.down === 'hangs') return new Promise(() => undefined);
        return (inner()[name] as (...all: unknown[]) => unknown)(...input);
      },
  });
  return { memory, state };
}

async function withFailing() {
  let inner: ProposalMemory | null = null;
  const { memory, state } = failing(() => {
    if (!inner) throw new Error('not yet');
    return inner;
  });
  const opened = await learningApi({ memory });
  inner = opened.stored.memory;
  return { ...opened, state };
}

describe('a memory that is down', () => {
  it('keeps no file from being made, and the file says so', async () => {
    const { teach, first, state } = await withFailing();
    const billing = nodeProject('billing');
    const before = await first(billing);
    await teach(nodeProject('orders'), envTimeZone);
    await first(nodeProject('feeds', { framework: 'koa' }));
    state.down = 'fails';
    const during = await first(billing);
    expect(during.content).toBe(before.content);
    expect(during.provenance.memories).toEqual([]);
    expect(during.findings).toContainEqual(
      expect.objectContaining({
        rule: 'omega/memory',
        severity: 'info',
        message: expect.stringContaining('the store is away'),
      }),
    );
    state.down = 'no';
    expect((await first(billing)).content).toContain('TZ=UTC');
  });

  it('that does not answer is waited for once, not for every file', async () => {
    const { first, state } = await withFailing();
    state.down = 'hangs';
    const during = await first(nodeProject('billing'));
    expect(during.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('did not answer in time'),
    );
    expect(state.asked).toBe(1);
  }, 30_000);

  it('learns what was decided meanwhile when it is back', async () => {
    const { teach, first, decide, state } = await withFailing();
    const proposal = await first(nodeProject('carts'));
    state.down = 'fails';
    await teach(nodeProject('orders'), envTimeZone);
    await first(nodeProject('billing'));
    state.down = 'no';
    await decide(proposal.id, 'rejected');
    expect((await first(nodeProject('billing'))).content).toContain('TZ=UTC');
  });
});

describe('learning that is off', () => {
  it('neither learns nor uses, and keeps what there is', async () => {
    const { teach, first, call, stored } = await learningApi();
    await teach(nodeProject('orders'), envTimeZone);
    expect((await first(nodeProject('billing'))).content).toContain('TZ=UTC');
    await call('config.set', { 'learning.enabled': false });
    const off = await first(nodeProject('billing'));
    expect(off.content).not.toContain('TZ=UTC');
    expect(off.findings.filter(({ rule }) => rule === 'omega/memory')).toEqual([]);
    const facts = stored.all('fact').length;
    await teach(nodeProject('carts'), swap('--retries=3', '--retries=9'));
    await first(nodeProject('feeds'));
    expect(stored.all('edit')).toHaveLength(1);
    expect(stored.all('fact')).toHaveLength(facts);
    await call('config.set', { 'learning.enabled': true });
    expect((await first(nodeProject('billing'))).content).toContain('TZ=UTC');
  });

  it('for one run leaves its files alone and learns nothing from them', async () => {
    const { teach, first, call, decide, stored } = await learningApi();
    await teach(nodeProject('orders'), envTimeZone);
    await first(nodeProject('billing'));
    const facts = stored.all('fact').length;
    const without = await first(nodeProject('carts'), 'dockerfile', false);
    expect(without.content).not.toContain('TZ=UTC');
    await call('proposal.edit', {
      id: without.id,
      content: swap('--retries=3', '--retries=9')(without.content),
    });
    await decide(without.id, 'accepted');
    const next = await first(nodeProject('feeds'));
    expect(next.content).not.toContain('--retries=9');
    expect(next.content).toContain('TZ=UTC');
    expect(stored.all('fact')).toHaveLength(facts + 1);
  });
});

describe('a memory that others wrote into', () => {
  const line = (text: string) => ({ op: '+', text, like: null });
  it.each<[string, (good: Record<string, unknown>) => Record<string, unknown>]>([
    ['no hunks', (good) => ({ ...good, hunks: [] })],
    ['hunks of another shape', (good) => ({ ...good, hunks: 'rm -rf /' })],
    [
      'lines with an operation of their own',
      (good) => ({
        ...good,
        hunks: [{ at: 1, needs: [], lines: [{ op: '\\', text: 'EVIL', like: null }] }],
      }),
    ],
    [
      'two lines in one',
      (good) => ({ ...good, hunks: [{ at: 1, needs: [], lines: [line('EVIL\nEVIL')] }] }),
    ],
    [
      'a line before the first',
      (good) => ({ ...good, hunks: [{ at: -1, needs: [], lines: [line('EVIL')] }] }),
    ],
    [
      'a huge line',
      (good) => ({ ...good, hunks: [{ at: 1, needs: [], lines: [line('EVIL'.repeat(9_000))] }] }),
    ],
    [
      'too many lines',
      (good) => ({
        ...good,
        hunks: [{ at: 1, needs: [], lines: Array.from({ length: 1_001 }, () => line('EVIL')) }],
      }),
    ],
    [
      'too many changes',
      (good) => ({
        ...good,
        hunks: Array.from({ length: 61 }, () => ({ at: 1, needs: [], lines: [line('EVIL')] })),
      }),
    ],
    [
      'lines without a place',
      (good) => ({ ...good, hunks: [{ at: 1, needs: [], lines: [line('EVIL')] }] }),
    ],
    ['a count that is none', (good) => ({ ...good, tally: { for: -1, against: 0, at: 0 } })],
    ['a path', (good) => ({ ...good, kind: '../../etc/passwd' })],
  ])('is passed over: %s', async (_, tamper) => {
    const { teach, first, stored } = await learningApi();
    const billing = nodeProject('billing');
    const before = await first(billing);
    await teach(nodeProject('orders'), envTimeZone);
    expect((await first(billing)).content).toContain('TZ=UTC');
    const [memory] = stored.all('edit');
    const metadata = tamper(structuredClone(memory?.metadata) as Record<string, unknown>);
    stored.tamper(memory?.id ?? '', metadata as never);
    const after = await first(billing);
    expect(after.content).toBe(before.content);
    expect(after.path).toBe(before.path);
    expect(after.provenance.memories).toEqual([]);
  });

  it('cannot bring an error into a file', async () => {
    const { teach, first, stored } = await learningApi();
    const billing = nodeProject('billing');
    await teach(nodeProject('orders'), envTimeZone);
    await first(billing);
    const [memory] = stored.all('edit');
    const text = JSON.stringify(memory?.metadata).replaceAll('ENV TZ=UTC', 'FROMM nothing');
    stored.tamper(memory?.id ?? '', JSON.parse(text));
    const after = await first(billing);
    expect(after.content).not.toContain('FROMM');
    expect(after.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('was left out'),
    );
  });
});
