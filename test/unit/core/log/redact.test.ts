import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactFields, redactText } from '#main/core/log/redact.ts';

describe('fields of the log', () => {
  it.each([
    ['token', { token: 'hunter2' }],
    ['a header, some levels down', { a: { b: { c: { headers: { Authorization: 'hunter2' } } } } }],
    ['other spellings', { 'X-Api-Key': 'hunter2', api_key: 'hunter2', refreshToken: 'hunter2' }],
    ['in a list', { list: [{ password: 'hunter2' }] }],
    ['an object under a secret key', { credentials: { user: 'hunter2' } }],
    [
      'a field of an error',
      { err: Object.assign(new Error('no'), { config: { secret: 'hunter2' } }) },
    ],
    ['an error in the cause of one', { err: new Error('no', { cause: { token: 'hunter2' } }) }],
    ['a map', { map: new Map([['cookie', 'hunter2']]) }],
    ['a buffer', { bytes: Buffer.from('hunter2') }],
  ])('hold no secret: %s', (_, fields) => {
    const written = JSON.stringify(redactFields(fields));
    expect(written).not.toContain('hunter2');
    expect(written).not.toContain('104,117,110');
  });

  it('stay as they are where nothing is secret', () => {
    const fields = { path: '/a/b', tokens: 5, keys: 3, nested: { list: [1, 'two', null, true] } };
    expect(redactFields(fields)).toEqual(fields);
  });

  it('are bounded: a cycle, a depth, a list and a text without end', () => {
    const cycle: Record<string, unknown> = { name: 'a' };
    cycle.self = cycle;
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 5_000; level += 1) deep = { deep };
    const fields = { cycle, deep, list: Array(1e5).fill(0), text: 'x'.repeat(1e6) };
    expect(JSON.stringify(redactFields(fields)).length).toBeLessThan(10_000);
  });
});

describe('texts of the log', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [redacted]'],
    ['called with sk-proj-1234567890abcdef', 'called with [redacted]'],
    ['postgres://ada:p@ss:w0rd@db:5432/x', 'postgres://ada:[redacted]@db:5432/x'],
    ['redis://:hunter2@cache', 'redis://:[redacted]@cache'],
    ['ghp_0123456789abcdef0123 was refused', '[redacted] was refused'],
    ['AKIAABCDEFGHIJKLMNOP', '[redacted]'],
    ['GET /x?token=hunter2&page=2', 'GET /x?token=[redacted]&page=2'],
    ['DB_PASSWORD=hunter2 npm start', 'DB_PASSWORD=[redacted] npm start'],
    ['said {\\"api_key\\":\\"hunter2\\"}', 'said {\\"api_key\\":\\"[redacted]\\"}'],
    ['https://example.com:8080/a@b', 'https://example.com:8080/a@b'],
    ['the tokenizer: 5 tokens, basic checks', 'the tokenizer: 5 tokens, basic checks'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
    expect(redactText(expected)).toBe(expected);
  });

  it('stay JSON, whatever is in them', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'token=',
        'Bearer ',
        'a://b:c@',
        '\\',
        '"',
        'password: "',
        "secret='",
        'sk-12345678',
        '@',
      ),
    );
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.dictionary(text, fc.oneof(text, fc.integer())), (msg, fields) => {
        JSON.parse(redactText(JSON.stringify({ fields, msg })));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['a', 'a.', '://', ':', '@', 'token', 'eyJ', 'eyJaaaaaaaa.', 'bearer ', 'x://y:', 'sk-'])(
    'take no longer than their length allows: %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(64_000 / piece.length));
      const started = performance.now();
      redactText(text);
      // Backtracking without a bound would take minutes; a slow machine takes some milliseconds.
      expect(performance.now() - started).toBeLessThan(5_000);
    },
  );
});
