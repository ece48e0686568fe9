import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '#main/generation/prompts/redact/redact.ts';
import { blackOut } from '#main/generation/prompts/redact/span.ts';

const { signal } = new AbortController();
const body = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';

/** Where a secret stands, and the secret: none of them may be left. */
const secrets: readonly (readonly [path: string, text: string, secret: string])[] = [
  ['a.js', `const t = "ghp_${body}";`, body],
  // A stranger's comment must not switch the redaction off.
  ['a.js', `// secretlint-disable\nconst t = "ghp_${body}";`, body],
  ['a.js', `/* secretlint-disable-next-line */ const t = "xoxb-${body}"`, body],
  ['a.py', 'SECRET_KEY = "django-insecure-x1"', 'django-insecure-x1'],
  ['a.py', 'password: str = "hunter22"', 'hunter22'],
  ['a.py', 'key = os.getenv("API_KEY", "k3y-of-the-kingdom")', 'k3y-of-the-kingdom'],
  ['a.ts', 'client({ apiKey: "ignored", api_key: "letmein99" })', 'letmein99'],
  ['a.ts', "url ?? 'postgres://app:sesame@db:5432/app'", 'sesame'],
  ['config.yml', 'db:\n  password: sesame1\n', 'sesame1'],
  ['app.properties', 'spring.datasource.password=sesame2', 'sesame2'],
  ['deploy.yaml', '- name: DB_PASSWORD\n  value: sesame3\n', 'sesame3'],
  ['Dockerfile', 'ENV API_TOKEN sesame4', 'sesame4'],
  ['a.yml', 'aws: AKIAIOSFODNN7EXAMPQ1', 'AKIAIOSFODNN7EXAMPQ1'],
  ['k.txt', `-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA PRIVATE KEY-----`, 'MIIE'],
  ['k.json', '"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIE"', 'MIIE'],
  ['a.sh', 'curl -H "Authorization: Bearer abcdefghijklmnop1234"', 'abcdefghijklmnop1234'],
  ['.env', 'HARMLESS=blue\nPORT=3000', 'blue'],
  ['.env.example', '# OLD=blue\nexport A="one\ntwo"\n', 'two'],
  ['prod.env', 'A: blue', 'blue'],
  ['a.yml', '# password: sesame', 'sesame'],
  ['Cargo.toml', 'aws-credential = "1.2.x-sesame"', 'sesame'],
];

describe('what goes out of a file', () => {
  it.each(secrets)('%s: %j is without its secret', async (path, text, secret) => {
    const { text: clean, redactions } = await redact(path, text, signal);
    expect(clean).not.toContain(secret);
    expect(redactions.length).toBeGreaterThan(0);
    expect(JSON.stringify(redactions)).not.toContain(secret);
    expect(clean.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('leaves what is no secret, so that a model can still read the source', async () => {
    const text = [
      'const password = request.body.password;',
      'app.listen(process.env.PORT ?? 3000);',
      'app.get("/health", ok);',
      'const url = process.env.DATABASE_URL;',
      'import { createHash } from "node:crypto";',
      'const version = { "api-token": "^1.2.3" };',
      'image: node:22-slim@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    ].join('\n');
    expect(await redact('server.ts', text, signal)).toEqual({ text, redactions: [] });
    const yaml = `services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: \${DB_PASSWORD:?}\n`;
    const comment = '# No password: the source reads none.\n';
    expect(await redact('a.yml', comment, signal)).toEqual({ text: comment, redactions: [] });
    expect(await redact('compose.yaml', yaml, signal)).toEqual({ text: yaml, redactions: [] });
  });

  it('names the line of each, behind a secret of several lines too', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';
    const { redactions } = await redact('a.yml', `x: 1\n${key}\npassword: sesame\n`, signal);
    expect(redactions.map(({ line }) => line)).toEqual([2, 5]);
  });

  it('finds what lies on the border of two pages, and each secret once', async () => {
    const two = '- name: DB_PASSWORD\n  value: sesame\n';
    const line = `${'x '.repeat(40)}\n`;
    for (let lines = 490; lines < 500; lines += 1) {
      const text = `${line.repeat(lines)}"ghp_${body}"\n${two}${line.repeat(600)}`;
      const { text: clean, redactions } = await redact('a.yml', text, signal);
      expect(clean).not.toMatch(/sesame|ghp_/);
      expect(redactions.map((one) => one.line)).toEqual([lines + 1, lines + 3]);
    }
  });

  it('leaves the thread free: 200 KB of what our patterns must try often', async () => {
    const units = ['a=', 'secret:', '://a:b', 'name: x\n', 'aB1', 'a.-', 'eyJ', 'ENV a '];
    for (const unit of [...units, '-----BEGIN PRIVATE KEY\n']) {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      const before = process.cpuUsage();
      await redact('a.yml', text, signal);
      const { user } = process.cpuUsage(before);
      expect(user / 1_000, unit).toBeLessThan(400);
    }
  });

  it('blacks out overlapping spans once and keeps all other characters', () => {
    const span = fc.record({
      start: fc.nat(60),
      length: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(
        fc.string({ minLength: 70, maxLength: 90, unit: fc.constantFrom('a', '\n') }),
        fc.array(span),
        (text, list) => {
          const spans = list.map(({ start, length }) => ({
            start,
            end: start + length,
            what: 'x',
          }));
          const { text: clean } = blackOut(text, spans);
          const outside = [...text].filter(
            (_, at) => !spans.some(({ start, end }) => at >= start && at < end),
          );
          expect(clean.replaceAll('[redacted]', '').replaceAll('\n', '')).toBe(
            outside.join('').replaceAll('\n', ''),
          );
          expect(clean.split('\n')).toHaveLength(text.split('\n').length);
        },
      ),
    );
  });
});

it('leaves no marks behind: they are kept for ever, and once were 35 KB a text', async () => {
  const before = performance.getEntriesByType('mark').length;
  await redact('a.js', 'const port = 3000;', signal);
  expect(performance.getEntriesByType('mark')).toHaveLength(before);
});
