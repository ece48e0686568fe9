import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { learningApi, swap } from '#test/support/learning-api.ts';
import { nodeProject } from '#test/support/node-project.ts';

const env = 'ENV NODE_ENV=production\n';
const adding = (lines: string) => swap(env, `${env}${lines}`);

describe('what is a service’s own', () => {
  it.each([
    ['its name in another name', 'ENV DB_HOST=orders-db\n'],
    ['its name in capitals', 'ENV ORDERS_TOPIC=events\n'],
    ['the folder of its project', 'ENV OWNER=team-orders\n'],
    ['its port and another thing', 'ENV ADDRESS=3000.example.com\n'],
    ['its health path', 'ENV PROBE=/status/orders\n'],
  ])('does not get into the file of another: %s', async (_, lines) => {
    const { teach, first } = await learningApi();
    const [orders, billing] = [nodeProject('orders'), nodeProject('billing', { port: 4100 })];
    const before = await first(billing);
    await teach(orders, adding(lines));
    const after = await first(billing);
    expect(after.content).toBe(before.content);
    expect(after.provenance.memories).toEqual([]);
    // It is still the service's own: there it comes back.
    expect((await first(orders)).content).toContain(lines);
  });

  it('is the names of its neighbours, too', async () => {
    const { generate, first, call, decide } = await learningApi();
    const root = nodeProject('orders');
    cpSync(nodeProject('payments', { framework: 'koa' }), join(root, 'payments'), {
      recursive: true,
    });
    const proposal = (await generate(root)).get('Dockerfile');
    if (!proposal) throw new Error('no Dockerfile at the root');
    const content = adding('ENV UPSTREAM=http://payments\n')(proposal.content);
    await call('proposal.edit', { id: proposal.id, content });
    await decide(proposal.id, 'accepted');
    expect((await first(nodeProject('billing'))).content).not.toContain('payments');
    expect((await generate(root)).get('Dockerfile')?.content).toContain('http://payments');
  });

  it('is replaced by the other’s where it stands by itself', async () => {
    const { teach, first } = await learningApi();
    await teach(nodeProject('orders'), adding('ENV APP=orders\nENV PORT=3000\n'));
    const billing = await first(nodeProject('billing', { port: 4100 }));
    expect(billing.content).toContain(`${env}ENV APP=billing\nENV PORT=4100\n`);
    expect(billing.content).not.toMatch(/orders|3000/);
  });

  it('is told apart from common words: a service called "app" keeps its own lines', async () => {
    const { teach, first } = await learningApi();
    const app = nodeProject('app');
    await teach(app, adding('ENV HOME=/app\n'));
    const billing = await first(nodeProject('billing'));
    expect(billing.content).not.toContain('HOME=');
    expect((await first(app)).content).toContain('ENV HOME=/app\n');
  });

  it('leaves the general part of the same edit in place', async () => {
    const { teach, first } = await learningApi();
    await teach(nodeProject('orders'), (content) =>
      swap('--retries=3', '--retries=5')(adding('ENV DB_HOST=orders-db\n')(content)),
    );
    const billing = await first(nodeProject('billing', { port: 4100 }));
    expect(billing.content).toContain('--retries=5');
    expect(billing.content).not.toContain('orders');
    expect(billing.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('1 of 2 changes speak of another service'),
    );
  });
});

describe('an edit that is not learned', () => {
  it.each([
    ['a password', 'ENV DB_PASSWORD=hunter2hunter2\n', 'hunter2'],
    ['the old form of a variable', 'ENV API_TOKEN abcdefgh12345678\n', 'abcdefgh12345678'],
    ['an address', 'ENV DB=postgres://me:s3cretword@db/x\n', 's3cretword'],
    ['a known key', `ENV X=AKIA${'ABCDEFGH12345678'}\n`, 'AKIA'],
    ['a random word', 'ENV SOME=q7Rk2LmZx9Tv4Bn8Wc3Yp6Hd1Js5Gf0Ae\n', 'q7Rk2'],
  ])('holds %s: nothing of it is stored, and the proposal says so', async (_, lines, secret) => {
    const { teach, first, call, stored } = await learningApi();
    const { id } = await teach(nodeProject('orders'), adding(lines));
    const billing = await first(nodeProject('billing'));
    expect(billing.content).not.toContain(secret);
    expect(stored.all('edit')).toEqual([]);
    expect(JSON.stringify(stored.all('accepted', 'rejected', 'fact'))).not.toContain(secret);
    const { findings } = await call('proposal.get', { id });
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'omega/memory',
        severity: 'info',
        message: expect.stringContaining('was not learned: it may hold a secret'),
      }),
    );
    expect(JSON.stringify(findings.filter(({ rule }) => rule === 'omega/memory'))).not.toContain(
      secret,
    );
  });

  it('names a variable and gives its value on the next line of a manifest', async () => {
    const { teach, first, stored } = await learningApi();
    const secret =
      '          env:\n            - name: DB_PASSWORD\n              value: hunter2hunter2\n';
    const where = '          imagePullPolicy: IfNotPresent\n';
    await teach(nodeProject('orders'), swap(where, `${where}${secret}`), 'kubernetes');
    await first(nodeProject('billing'), 'kubernetes');
    expect(stored.all('edit')).toEqual([]);
  });

  it.each([
    ['is larger than 20 KB', () => 'x'.repeat(99).concat('\n').repeat(300).replace(/^/gm, '# ')],
    ['writes what memory uses itself', () => 'ENV A={{omega.name}}\n'],
  ])('%s', async (_, lines) => {
    const { teach, first, call, stored } = await learningApi();
    const { id } = await teach(nodeProject('orders'), adding(lines()));
    const billing = await first(nodeProject('billing'));
    expect(billing.provenance.memories).toEqual([]);
    expect(stored.all('edit')).toEqual([]);
    const { findings } = await call('proposal.get', { id });
    expect(findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('was not learned'),
    );
  });
});
