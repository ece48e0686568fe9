import { describe, expect, it } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import type { Fault } from '#test/stand-ins/fault.ts';
import { calm, providersOn, requestTo, standInEnv } from '#test/support/live-providers.ts';

const text = 'FROM node:24\nRUN npm ci\n'.repeat(200);

/** What one call ends with when its answer has a fault; the text that came before goes into `pieces`. */
async function failWith(id: ModelProvider, fault: Fault, streams: boolean, timeoutMs = 10_000) {
  const faults = { script: [fault] };
  const opened = await providersOn({ answer: () => text, faults }, { timeoutMs });
  const { standIn, providers } = opened;
  const pieces: string[] = [];
  const onText = streams ? { onText: (piece: string) => void pieces.push(piece) } : {};
  const started = performance.now();
  const error = await providers
    .get(id)
    .call(requestTo(standIn, id), { signal: calm(), ...onText })
    .then(
      (answer) => expect.unreachable(`it answered: ${answer.text.slice(0, 80)}`),
      (failure: OmegaError) => failure,
    );
  expect(
    JSON.stringify([error.message, error.stack, error.details, String(error.cause)]),
  ).not.toContain(standInKey);
  return { ...opened, error, pieces, ms: performance.now() - started };
}

const both = [false, true];

describe.each(modelProviders)('%s', (id) => {
  it.each(both)(
    'tells of a 429 with the wait that the provider asks for, streaming: %s',
    async (streams) => {
      const wait = async (fault: Fault) => (await failWith(id, fault, streams)).error;
      const limited = { kind: 'rate-limit', retryAfterMs: 2000 } as const;
      const expected = { code: 'UNAVAILABLE', retryable: true };
      expect(await wait({ ...limited, as: 'seconds' })).toMatchObject({
        ...expected,
        details: { status: 429, retryAfterMs: 2000 },
      });
      expect(await wait({ ...limited, retryAfterMs: 137, as: 'ms-header' })).toMatchObject({
        details: { status: 429, retryAfterMs: 137 },
      });
      const dated = await wait({ ...limited, as: 'date' });
      expect(dated.details?.retryAfterMs).toBeGreaterThan(0);
      expect(dated.details?.retryAfterMs).toBeLessThanOrEqual(3000);
      expect((await wait({ ...limited, as: 'none' })).details).toEqual({ status: 429 });
    },
  );

  it.each(both)('tells of 500 and 503 as passing, streaming: %s', async (streams) => {
    for (const status of [500, 503]) {
      const { error } = await failWith(id, { kind: 'status', status }, streams);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true, details: { status } });
    }
  });

  it.each(both)('tells of 400 as the fault of the request, streaming: %s', async (streams) => {
    const { error } = await failWith(id, { kind: 'status', status: 400 }, streams);
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      retryable: false,
      details: { status: 400 },
    });
  });

  it.each(both)('takes a connection that is cut for no answer, streaming: %s', async (streams) => {
    for (const afterBytes of [0, 600]) {
      const { error, pieces } = await failWith(id, { kind: 'cut', afterBytes }, streams);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(pieces.join('').length).toBeLessThan(text.length);
    }
  });

  it.each(both)(
    'ends a stall with its time, and closes the connection, streaming: %s',
    async (streams) => {
      for (const afterBytes of [0, 600]) {
        const fault: Fault = { kind: 'stall', afterBytes };
        const { error, standIn, ms } = await failWith(id, fault, streams, 300);
        expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
        expect(ms).toBeLessThan(3000);
        await standIn.log.until((entries) => entries.every(({ endedAt }) => endedAt !== null));
        expect(standIn.log.calls.at(-1)?.outcome).toBe('aborted');
      }
    },
  );

  it.each(both)('says that a page is not an LLM API, streaming: %s', async (streams) => {
    const { error } = await failWith(id, { kind: 'html' }, streams);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: false });
    expect(error.message).toMatch(/is not an LLM API.*check providers\.\w+Url/);
  });

  it('takes half a JSON for no answer', async () => {
    const { error } = await failWith(id, { kind: 'half-json' }, false);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(error.message).toContain('cannot be read');
  });

  it.each(both)('reads an answer under another content type, streaming: %s', async (streams) => {
    const faults = { script: [{ kind: 'content-type' } as const] };
    const { standIn, providers } = await providersOn({ answer: () => text, faults });
    const options = { signal: calm(), ...(streams ? { onText: () => undefined } : {}) };
    const answer = await providers.get(id).call(requestTo(standIn, id), options);
    expect(answer.text).toBe(text);
  });

  it('takes a stream with a line that is no JSON, or with an error in it, for no answer', async () => {
    for (const kind of ['malformed-stream', 'error-in-stream'] as const) {
      const { error } = await failWith(id, { kind }, true);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    }
  });

  it.each(both)(
    'ends 100 MB early, and closes the connection, streaming: %s',
    { timeout: 60_000 },
    async (streams) => {
      const before = process.memoryUsage().rss;
      const { error, standIn } = await failWith(
        id,
        { kind: 'endless', bytes: 100e6 },
        streams,
        50_000,
      );
      expect(error).toMatchObject({ code: 'REFUSED', retryable: false });
      await standIn.log.until((entries) => entries.every(({ endedAt }) => endedAt !== null));
      expect(standIn.log.calls[0]?.bytes).toBeLessThan(90e6);
      expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
    },
  );

  it.each(both)('closes the connection when it is cancelled, streaming: %s', async (streams) => {
    const { standIn, providers } = await providersOn({ answer: () => text, tokensPerSecond: 50 });
    const controller = new AbortController();
    const onText = streams ? { onText: () => controller.abort() } : {};
    const call = providers
      .get(id)
      .call(requestTo(standIn, id), { signal: controller.signal, ...onText });
    if (!streams) {
      await standIn.log.until((entries) => entries.some(({ request }) => request !== null));
      controller.abort();
    }
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    await standIn.log.until(() => standIn.log.calls[0]?.endedAt !== null);
    expect(standIn.log.calls[0]?.outcome).toBe('aborted');
  });

  it('ends with what its caller refuses, and closes the connection', async () => {
    const { standIn, providers } = await providersOn({ answer: () => text, tokensPerSecond: 50 });
    const refusal = new OmegaError('REFUSED', 'That is no path.');
    for (const [thrown, code] of [
      [refusal, 'REFUSED'],
      [new TypeError('a fault'), 'INTERNAL'],
    ] as const) {
      const onText = () => {
        throw thrown;
      };
      const call = providers.get(id).call(requestTo(standIn, id), { signal: calm(), onText });
      await expect(call).rejects.toMatchObject({ code, retryable: false });
      await standIn.log.until(() => standIn.log.calls.at(-1)?.endedAt !== null);
      expect(standIn.log.calls.at(-1)?.outcome).toBe('aborted');
    }
  });

  it('makes no request that was cancelled before', async () => {
    const { standIn, providers } = await providersOn();
    const call = providers.get(id).call(requestTo(standIn, id), { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(standIn.log.entries).toEqual([]);
  });

  it('answers again after each of these on connections that are whole', async () => {
    const { standIn, providers } = await providersOn({
      answer: () => text,
      faults: { script: [{ kind: 'cut', afterBytes: 600 }, { kind: 'status', status: 500 }, null] },
    });
    const call = () => providers.get(id).call(requestTo(standIn, id), { signal: calm() });
    await expect(call()).rejects.toMatchObject({ retryable: true });
    await expect(call()).rejects.toMatchObject({ retryable: true });
    expect((await call()).text).toBe(text);
  });
});

const needing = modelProviders.filter((id) => id !== 'ollama' && id !== 'compatible');

describe.each(needing)('the key of %s', (id) => {
  it('is asked for where there is none, and where it is blank, before anything is sent', async () => {
    for (const blank of [undefined, '', '  \t']) {
      const keys = Object.fromEntries(Object.keys(standInEnv).map((name) => [name, blank]));
      const env = { ...keys, OMEGA_KEYRING: 'off' };
      const { standIn, providers } = await providersOn({}, { env });
      const call = providers.get(id).call(requestTo(standIn, id), { signal: calm() });
      await expect(call).rejects.toMatchObject({ code: 'UNAUTHORIZED', retryable: false });
      await expect(call).rejects.toThrow(`omega keys set ${id}`);
      expect(standIn.log.entries).toEqual([]);
    }
  });

  it('that is wrong is refused, and is in no message', async () => {
    const wrong = 'sk-wrong-key-1234567890';
    const keys = Object.fromEntries(Object.keys(standInEnv).map((name) => [name, wrong]));
    const env = { ...keys, OMEGA_KEYRING: 'off' };
    const { standIn, providers } = await providersOn({}, { env });
    for (const onText of [undefined, () => undefined]) {
      const options = { signal: calm(), ...(onText ? { onText } : {}) };
      const call = providers.get(id).call(requestTo(standIn, id), options);
      const error: OmegaError = await call.catch((failure) => failure);
      expect(error).toMatchObject({ code: 'UNAUTHORIZED', retryable: false });
      expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(wrong);
    }
    expect(standIn.log.entries.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  });

  it('that no header can hold is refused before it is sent, and is in no message', async () => {
    const odd = 'sk-odd\nkey–1234567890';
    const keys = Object.fromEntries(Object.keys(standInEnv).map((name) => [name, odd]));
    const env = { ...keys, OMEGA_KEYRING: 'off' };
    const { standIn, providers } = await providersOn({}, { env });
    const call = providers.get(id).call(requestTo(standIn, id), { signal: calm() });
    const error: OmegaError = await call.catch((failure) => failure);
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', retryable: false });
    expect(error.message).not.toContain('1234567890');
    expect(standIn.log.entries).toEqual([]);
  });
});
