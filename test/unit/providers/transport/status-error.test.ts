import { describe, expect, it } from 'vitest';
import type { Endpoint } from '#main/providers/transport/endpoint.ts';
import { statusError } from '#main/providers/transport/status-error.ts';

const key = 'sk-1234567890abcdef';
const endpoint: Endpoint = {
  id: 'openai',
  name: 'OpenAI',
  url: 'https://example.test/v1',
  origin: 'https://example.test',
  urlKey: 'providers.openaiUrl',
  secrets: () => [key, 'iam-token-7'],
};
const judge = (status: number, body: unknown = '', headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return statusError(endpoint, { status, body: text, header: (name) => headers[name] ?? null });
};

describe('the error of a status', () => {
  it.each([
    [400, { error: { message: 'max_tokens is too large' } }, 'INVALID_INPUT', false],
    [401, { error: { message: 'Incorrect API key' } }, 'UNAUTHORIZED', false],
    [403, { error: { message: 'no access' } }, 'UNAUTHORIZED', false],
    // Gemini and IBM answer with 400 to a wrong key.
    [
      400,
      { error: { message: 'API key not valid. Please pass a valid API key.' } },
      'UNAUTHORIZED',
      false,
    ],
    [
      400,
      { errorCode: 'BXNIM0415E', errorMessage: 'Provided API key could not be found.' },
      'UNAUTHORIZED',
      false,
    ],
    [404, { error: { message: 'no model' } }, 'NOT_FOUND', false],
    [400, { error: { code: 'model_not_found', message: 'x' } }, 'NOT_FOUND', false],
    [404, '<!doctype html><title>Not found</title>', 'UNAVAILABLE', false],
    [405, '', 'UNAVAILABLE', false],
    [302, '', 'UNAVAILABLE', false],
    [402, { error: { message: 'Insufficient credits' } }, 'UNAVAILABLE', false],
    // Waiting brings no money.
    [
      429,
      { error: { code: 'insufficient_quota', message: 'You exceeded your quota' } },
      'UNAVAILABLE',
      false,
    ],
    [429, { error: { message: 'slow down' } }, 'UNAVAILABLE', true],
    [408, '', 'UNAVAILABLE', true],
    [500, '', 'UNAVAILABLE', true],
    [502, '<html>Bad gateway</html>', 'UNAVAILABLE', true],
    [529, { error: { type: 'overloaded_error', message: 'Overloaded' } }, 'UNAVAILABLE', true],
    [413, 'too large', 'INVALID_INPUT', false],
    [418, '', 'INVALID_INPUT', false],
  ] as const)('%i with %j is %s, to be tried again: %s', (status, body, code, retryable) => {
    const error = judge(status, body);
    expect(error).toMatchObject({ code, retryable, details: { status } });
  });

  it.each([
    ['OpenAI', { error: { message: 'too long', type: 'x' } }],
    ['Ollama', { error: 'too long' }],
    ['Gemini', [{ error: { code: 400, message: 'too long' } }]],
    ['watsonx', { errors: [{ code: 'x', message: 'too long' }], trace: 'y' }],
    ['FastAPI', { detail: 'too long' }],
    ['plain text', 'too long'],
  ])("quotes what %s' body says", (_, body) => {
    expect(judge(400, body).message).toBe('OpenAI refuses the request (400). It says: too long');
  });

  it('quotes neither keys, nor tokens, nor pages, nor more than a line', () => {
    const body = `bad key ${key}, token iam-token-7, Bearer abcdefghijkl, sk-other-key-12345\u0000\n\n${'x'.repeat(9000)}`;
    const { message } = judge(400, { error: { message: body } });
    for (const secret of [key, 'iam-token-7', 'abcdefghijkl', 'sk-other']) {
      expect(message).not.toContain(secret);
    }
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.length).toBeLessThan(400);
    expect(judge(502, '<html>a page</html>').message).not.toContain('page<');
  });

  it('tells the wait only where trying again helps', () => {
    const headers = { 'retry-after': '7' };
    expect(judge(429, '', headers).details).toEqual({ status: 429, retryAfterMs: 7000 });
    expect(judge(503, '', headers).details).toEqual({ status: 503, retryAfterMs: 7000 });
    expect(judge(401, '', headers).details).toEqual({ status: 401 });
  });

  it('survives bodies that are nested, odd or empty', () => {
    const deep = `${'{"error":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const body of [deep, 'null', '[]', '{"error":{}}', '{"error":null}', '"x"', '\ufffd']) {
      expect(judge(400, body).code).toBe('INVALID_INPUT');
    }
  });
});
