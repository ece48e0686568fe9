import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { improveCompose } from '#main/generation/improve/compose/improve-compose.ts';
import { withNames } from '#main/generation/improve/env-lines.ts';
import { judge } from '../validation/expect-findings.ts';

const unknown = () => null;
const ordinary = () => ({ uid: 1000, isOrdinary: true, gainsRights: false });

const author = `# Our stack
version: "3.8"

services:
  db: # the database
    image: 'postgres:16'
    environment:
      POSTGRES_PASSWORD: hunter22   # change it
    ports:
      - "5432:5432"
    volumes: [data:/var/lib/postgresql/data]

  cache:
    image: redis:7
    volumes:
      - cache:/data
  web:
    build: .
    environment:
      - DATABASE_URL=postgres://app:hunter22@db:5432/app
      - DEBUG=1
    ports: ["3000:3000"]
  theirs:
    image: acme/thing:1
volumes: {data: {}, cache: {}}
`;

describe('an author’s Compose file', () => {
  const { content, left, asked } = improveCompose(author, ordinary);
  const { services, version } = parse(content);

  it('keeps every comment, quote and the order of what was there', () => {
    for (const line of [
      '# Our stack',
      '  db: # the database',
      "    image: 'postgres:16'",
      '    volumes: [data:/var/lib/postgresql/data]',
      '      - DEBUG=1',
    ]) {
      expect(content.split('\n')).toContain(line);
    }
    expect(content).toContain('   # change it\n');
    expect(version).toBeUndefined();
  });

  it('takes one secret from .env wherever it stands', () => {
    const hidden = `\${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}`;
    expect(services.db.environment.POSTGRES_PASSWORD).toBe(hidden);
    expect(services.web.environment[0]).toBe(`DATABASE_URL=postgres://app:${hidden}@db:5432/app`);
    expect(asked).toEqual(['POSTGRES_PASSWORD']);
    expect(content).not.toContain('hunter22');
  });

  it('hardens known images with what their entry points need, and ordinary users without', () => {
    expect(services.db).toMatchObject({
      cap_drop: ['ALL'],
      cap_add: expect.arrayContaining(['SETUID']),
      restart: 'unless-stopped',
      security_opt: ['no-new-privileges:true'],
    });
    expect(services.db.ports).toEqual(['127.0.0.1:5432:5432']);
    expect(services.db.healthcheck.test[1]).toContain('pg_isready');
    expect(services.cache).toMatchObject({ read_only: true, tmpfs: ['/tmp'] });
    expect(services.web).toMatchObject({ cap_drop: ['ALL'] });
    expect(services.web.cap_add).toBeUndefined();
    expect(services.web.ports).toEqual(['3000:3000']);
  });

  it('leaves what nobody knows, and says why', () => {
    expect(services.theirs).toEqual({ image: 'acme/thing:1' });
    expect(left.map(({ text }) => text).find((text) => text.includes('theirs'))).toContain(
      'nothing is known',
    );
    const root = parse(
      improveCompose(author, () => ({ uid: null, isOrdinary: false, gainsRights: true })).content,
    );
    expect(root.services.web).toEqual({
      ...parse(author).services.web,
      environment: services.web.environment,
      restart: 'unless-stopped',
    });
  });

  it('has nothing left to change, and fewer findings', async () => {
    expect(improveCompose(content, ordinary).content).toBe(content);
    const [before, after] = [await judge('compose', author), await judge('compose', content)];
    expect(after.length).toBeLessThan(before.length);
    expect(after.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('changes the same with CRLF, and nothing in what is broken or a bomb', () => {
    const windows = improveCompose(author.replaceAll('\n', '\r\n'), ordinary).content;
    expect(windows).toBe(content.replaceAll('\n', '\r\n'));
    for (const text of ['services: [', 'a: 1\na: 2\n', '', '\tx: y\n', 'services: {web: 3}\n']) {
      expect(improveCompose(text, unknown).content).toBe(text);
    }
  });

  it('leaves a service alone that others take over by an anchor', () => {
    const text =
      'services:\n  a: &a\n    image: redis:7\n  b:\n    <<: *a\n    ports: ["6379:6379"]\n';
    const after = improveCompose(text, unknown).content;
    expect(parse(after, { merge: true }).services.a).toEqual({ image: 'redis:7' });
    expect(after).toContain('127.0.0.1:6379:6379');
  });

  it.each([
    ['a privileged service', 'privileged: true', 'cap_drop'],
    ['a service with rights of its own', 'cap_add: [NET_ADMIN]', 'cap_drop'],
    ['another entry point', 'entrypoint: /run.sh', 'cap_drop'],
    ['a redis with its own command', 'command: redis-server --requirepass x', 'healthcheck'],
    ['a service that runs once', 'profiles: [seed]', 'restart'],
  ])('does not touch %s', (_what, line, key) => {
    const text = `services:\n  x:\n    image: redis:7\n    ${line}\n`;
    expect(parse(improveCompose(text, unknown).content).services.x[key]).toBeUndefined();
  });
});

describe('an example of variables', () => {
  it('gets the names that it lacks at its end, with the line ends that it has', () => {
    expect(withNames('A=1\r\n# B=', ['A', 'B', 'C'])).toBe('A=1\r\n# B=\r\nC=');
    expect(withNames('A=1\n', ['A'])).toBe('A=1\n');
    expect(withNames('', ['A'])).toBe('A=\n');
  });
});

describe('a service that ends', () => {
  it('gets no health check of the server whose image it takes its client from', () => {
    const { content } = improveCompose(
      `services:
  db:
    image: postgres:18-alpine
  databases:
    image: postgres:18-alpine
    command: createdb -h db orders
  web:
    image: acme/web:1
    depends_on:
      databases: { condition: service_completed_successfully }
`,
      ordinary,
    );
    const { services } = parse(content);
    expect(services.db.healthcheck).toBeDefined();
    expect(services.databases.healthcheck).toBeUndefined();
  });
});
