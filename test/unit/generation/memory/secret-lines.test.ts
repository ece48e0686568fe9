import { describe, expect, it } from 'vitest';
import { bare } from '#main/generation/blueprints/generate.ts';
import { secretIn } from '#main/generation/memory/secret-lines.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { nodeProject } from '#test/support/node-project.ts';

const added = (...lines: string[]) => secretIn(lines.map((text) => ({ text, isNew: true })));

describe('what may be a secret', () => {
  it.each([
    'ENV DB_PASSWORD=correct-horse',
    'ENV DB_PASSWORD correct-horse',
    'password: "correct-horse"',
    '"api_key": "abcdefabcdef"',
    'RUN curl https://me:correct-horse@example.com/x',
    'ENV T=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x',
    `ENV K=ghp_${'a1B2'.repeat(9)}`,
    'ENV K=0123456789abcdef0123456789abcdef',
  ])('is seen: %s', (line) => {
    expect(added(line)).not.toBeNull();
  });

  it.each([
    'ENV NODE_ENV=production',
    '# the password comes from the environment',
    ['POSTGRES_PASSWORD: $', '{POSTGRES_PASSWORD:?set it}'].join(''),
    'FROM node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages',
    'ENV DB_PASSWORD_FILE=/run/secrets/db',
    'CMD ["java", "-cp", "app.jar", "com.example.orders.OrdersApplicationKt"]',
  ])('is not suspected: %s', (line) => {
    expect(added(line)).toBeNull();
  });

  it('is judged in what an edit wrote, with the line beside it', () => {
    const name = '- name: DB_PASSWORD';
    const value = '  value: correct-horse';
    const old = (text: string) => ({ text, isNew: false });
    const fresh = (text: string) => ({ text, isNew: true });
    expect(secretIn([old(name), fresh(value)])).not.toBeNull();
    expect(secretIn([fresh(name), old(value)])).not.toBeNull();
    expect(secretIn([old(name), old(value), fresh('x: y')])).toBeNull();
  });

  it('is nothing that a blueprint writes itself', async () => {
    const { signal } = new AbortController();
    const project = await offlinePorts.scan(nodeProject('orders'), { signal });
    for (const { kind, service } of offlinePorts.plan(project, [
      'dockerfile',
      'compose',
      'kubernetes',
    ])) {
      for (const { content } of await offlinePorts.generate(kind, project, service, bare, signal)) {
        expect(added(...content.split('\n'))).toBeNull();
      }
    }
  });
});
