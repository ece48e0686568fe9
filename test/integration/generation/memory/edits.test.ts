import { describe, expect, it } from 'vitest';
import { learningApi, swap } from '#test/support/learning-api.ts';
import { nodeProject } from '#test/support/node-project.ts';

const envTimeZone = swap('ENV NODE_ENV=production\n', 'ENV NODE_ENV=production\nENV TZ=UTC\n');
const strongProbe = swap('--retries=3', '--retries=5');

describe('an accepted edit', () => {
  it('is in the next file of a like service, which cites it; without memory the bytes are the first', async () => {
    const { teach, first, stored } = await learningApi();
    const [orders, billing] = [nodeProject('orders'), nodeProject('billing', { port: 4100 })];
    const before = await first(billing);
    expect(before.provenance.memories).toEqual([]);

    await teach(orders, envTimeZone);
    const after = await first(billing);
    expect(after.content).toBe(envTimeZone(before.content));
    const [memory, ...others] = stored.all('edit');
    expect(others).toEqual([]);
    expect(after.provenance.memories).toEqual([
      { id: memory?.id, effect: 'edit', summary: '+ ENV TZ=UTC' },
    ]);
    expect(memory).toMatchObject({ tier: 'procedural', type: 'edit' });
    expect(memory?.text).toContain('ENV TZ=UTC');
    expect(after.provenance.inputsHash).not.toBe(before.provenance.inputsHash);

    stored.empty();
    const emptied = await first(billing);
    expect(emptied.content).toBe(before.content);
    expect(emptied.provenance.memories).toEqual([]);
    expect(emptied.provenance.inputsHash).toBe(before.provenance.inputsHash);
  });

  it('stays out of files of services of another framework, package manager or kind of file', async () => {
    const { teach, generate, first, stored } = await learningApi();
    const koa = nodeProject('feeds', { framework: 'koa' });
    const yarn = nodeProject('mails', { manager: 'yarn' });
    const before = [(await first(koa)).content, (await first(yarn)).content];
    await teach(nodeProject('orders'), envTimeZone);
    const like = await generate(nodeProject('billing'));
    expect([(await first(koa)).content, (await first(yarn)).content]).toEqual(before);
    expect(like.get('Dockerfile')?.content).toContain('TZ=UTC');
    expect(like.get('.dockerignore')?.provenance.memories).toEqual([]);
    expect(stored.all('edit')).toHaveLength(1);
  });

  it('that was accepted twice is one memory, which is trusted more', async () => {
    const { teach, first, call, decide, stored } = await learningApi();
    const later = [await first(nodeProject('billing')), await first(nodeProject('carts'))];
    await teach(nodeProject('orders'), envTimeZone);
    const settled = () => first(nodeProject('other', { framework: 'koa' }));
    await settled();
    const once = stored.all('edit');
    for (const { id, content } of later) {
      await call('proposal.edit', { id, content: envTimeZone(content) });
      await decide(id, 'accepted');
    }
    await settled();
    const [twice, ...others] = stored.all('edit');
    expect(others).toEqual([]);
    expect(twice?.id).toBe(once[0]?.id);
    expect(twice?.confidence).toBeGreaterThan(once[0]?.confidence ?? 1);
    expect(twice?.metadata.tally).toMatchObject({ for: 3, against: 0 });
  });

  it('is kept by those who accept what it made, and dropped by one who takes it out', async () => {
    const { teach, first, call, decide, stored } = await learningApi();
    const plain = await first(nodeProject('carts'));
    await teach(nodeProject('orders'), envTimeZone);
    const carried = await first(nodeProject('billing'));
    await call('proposal.edit', {
      id: carried.id,
      content: carried.content.replace('ENV TZ=UTC\n', ''),
    });
    await decide(carried.id, 'accepted');
    expect((await first(nodeProject('carts'))).content).toBe(plain.content);
    await decide(carried.id, 'open');
    const again = await first(nodeProject('billing'));
    expect(again.provenance.memories).toHaveLength(1);
    await decide(again.id, 'accepted');
    await first(nodeProject('carts'));
    expect(stored.all('edit')[0]?.metadata.tally).toMatchObject({ for: 2, against: 0 });
  });

  it('that goes on from one before it holds what is left of that one', async () => {
    const { teach, first, stored } = await learningApi();
    await teach(nodeProject('orders'), (content) => strongProbe(envTimeZone(content)));
    await teach(
      nodeProject('billing'),
      swap('ENV TZ=UTC\n', 'ENV TZ=Europe/Berlin\nENV LANG=C.UTF-8\n'),
    );
    const last = await first(nodeProject('carts'));
    expect(last.content).toContain('ENV TZ=Europe/Berlin\nENV LANG=C.UTF-8\n');
    expect(last.content).toContain('--retries=5');
    expect(last.content).not.toContain('TZ=UTC');
    expect(last.provenance.memories).toHaveLength(1);
    // Without the second the first counts again.
    const [second] = stored.all('edit');
    expect(second?.metadata.replaces).toHaveLength(1);
    await stored.memory.forget(second?.id ?? '', new AbortController().signal);
    expect((await first(nodeProject('carts'))).content).toContain('TZ=UTC');
  });

  it('of which a part was taken out again leaves that part out, and keeps the rest', async () => {
    const { teach, first } = await learningApi();
    await teach(nodeProject('orders'), (content) => strongProbe(envTimeZone(content)));
    await teach(nodeProject('billing'), swap('ENV TZ=UTC\n', ''));
    const last = await first(nodeProject('carts'));
    expect(last.content).toContain('--retries=5');
    expect(last.content).not.toContain('TZ=UTC');
    expect(last.findings.filter(({ rule }) => rule === 'omega/memory')).toEqual([]);
  });

  it('that contradicts another wins when it is newer, and the other is noted', async () => {
    const { first, call, decide } = await learningApi();
    const one = await first(nodeProject('orders'));
    const other = await first(nodeProject('billing'));
    for (const [proposal, retries] of [
      [one, '--retries=5'],
      [other, '--retries=7'],
    ] as const) {
      await call('proposal.edit', {
        id: proposal.id,
        content: swap('--retries=3', retries)(proposal.content),
      });
      await decide(proposal.id, 'accepted');
      await first(nodeProject('feeds', { framework: 'koa' }));
    }
    const last = await first(nodeProject('carts'));
    expect(last.content).toContain('--retries=7');
    expect(last.content).not.toContain('--retries=5');
    expect(last.provenance.memories.map(({ summary }) => summary)).toEqual([
      expect.stringContaining('--retries=7'),
    ]);
    expect(last.findings).toContainEqual(
      expect.objectContaining({
        rule: 'omega/memory',
        severity: 'info',
        message: expect.stringContaining('1 of 1 changes do not fit'),
      }),
    );
  });

  it('that would break the file is left out and noted, others stay', async () => {
    const { first, call, decide } = await learningApi();
    const orders = await first(nodeProject('orders'));
    // A person's own edit may be wrong; what it breaks is theirs alone.
    const broken = swap('FROM node:22-slim\n', 'FROM node:22-slim\nCOPPY a b\n')(orders.content);
    await call('proposal.edit', { id: orders.id, content: broken });
    await decide(orders.id, 'accepted');
    const billing = await first(nodeProject('billing'));
    expect(billing.content).not.toContain('COPPY');
    expect(billing.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(billing.findings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('was left out: with it,') }),
    );
    await call('proposal.edit', { id: billing.id, content: envTimeZone(billing.content) });
    await decide(billing.id, 'accepted');
    const last = await first(nodeProject('carts'));
    expect(last.content).toContain('TZ=UTC');
    expect(last.content).not.toContain('COPPY');
  });

  it('holds in manifests, past names that differ', async () => {
    const { teach, first } = await learningApi();
    await teach(nodeProject('orders'), swap('memory: 512Mi', 'memory: 768Mi'), 'kubernetes');
    const billing = await first(nodeProject('billing', { port: 4100 }), 'kubernetes');
    expect(billing.path).toBe('k8s/billing.yaml');
    expect(billing.content).toContain('memory: 768Mi');
    expect(billing.content).not.toContain('orders');
  });

  it('holds in the Compose file of a like project', async () => {
    const { teach, first } = await learningApi();
    await teach(
      nodeProject('orders'),
      swap('    init: true\n', '    init: true\n    read_only: true\n'),
      'compose',
    );
    const billing = await first(nodeProject('billing', { port: 4100 }), 'compose');
    expect(billing.content).toContain('    read_only: true\n');
    expect(billing.content).not.toContain('orders');
  });
});
