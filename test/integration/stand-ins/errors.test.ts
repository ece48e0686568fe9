import { APICallError, generateText, streamText } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import type { Fault } from '#test/stand-ins/fault.ts';
import { StandIn } from '#test/stand-ins/server.ts';
import { type SdkClient, sdkClients } from './sdk-clients.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await StandIn.start({ answer: () => 'Hello.', keys: { compatible: standInKey } });
});
afterAll(() => standIn.close());
beforeEach(() => standIn.log.clear());

const ask = { prompt: 'Say hello.', maxRetries: 0 };

async function failure(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { answered: await work };
  } catch (error) {
    return error;
  }
}

/** What the SDK makes of a fault, for an answer that comes whole. */
async function failWith(client: SdkClient, fault: Fault): Promise<unknown> {
  standIn.behave({ faults: { script: [fault] } });
  return failure(generateText({ model: client.model(standIn, client.known), ...ask }));
}

/** ai-sdk-ollama throws errors of its own, without the answer's headers. */
const throughSdk = sdkClients.filter(({ protocol }) => protocol !== 'ollama');

describe.each(throughSdk)('$name is refused by the stand-in', (client) => {
  it('for a wrong key, and the log says no more than that', async () => {
    const error = await failure(
      generateText({ model: client.model(standIn, client.known, 'wrong-secret'), ...ask }),
    );
    expect(APICallError.isInstance(error) && error.statusCode).toBe(
      client.protocol === 'gemini' ? 400 : 401,
    );
    expect(standIn.log.entries).toMatchObject([{ key: 'wrong', outcome: 'refused' }]);
    expect(JSON.stringify(standIn.log.entries)).not.toContain('wrong-secret');
  });

  it('for a model that is not there', async () => {
    const error = await failure(
      generateText({ model: client.model(standIn, 'no-such-model'), ...ask }),
    );
    expect(error).toMatchObject({ statusCode: 404, isRetryable: false });
    expect(String(error)).toContain('no-such-model');
  });

  it('with 429 and when to ask again, in each form', async () => {
    const limit = (as: 'seconds' | 'date' | 'ms-header') =>
      failWith(client, { kind: 'rate-limit', retryAfterMs: 1_500, as });
    expect(await limit('seconds')).toMatchObject({
      statusCode: 429,
      isRetryable: true,
      responseHeaders: { 'retry-after': '2' },
    });
    const { responseHeaders } = (await limit('date')) as APICallError;
    const at = Date.parse(responseHeaders?.['retry-after'] ?? '') - Date.now();
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThanOrEqual(2_000);
    expect(await limit('ms-header')).toMatchObject({
      responseHeaders: { 'retry-after-ms': '1500' },
    });
  });

  it.each([500, 503, 529])('with %i and a body that the SDK can read', async (status) => {
    const error = await failWith(client, { kind: 'status', status });
    expect(error).toMatchObject({ statusCode: status, isRetryable: true });
    expect((error as APICallError).data).toBeDefined();
  });

  it.each<Fault>([
    { kind: 'html' },
    { kind: 'half-json' },
    { kind: 'cut', afterBytes: 0 },
    { kind: 'cut', afterBytes: 20 },
  ])('with $kind, which is an error and not an empty answer', async (fault) => {
    const error = await failWith(client, fault);
    expect(APICallError.isInstance(error)).toBe(true);
    expect(standIn.log.calls).toMatchObject([{ outcome: 'faulted', fault: fault.kind }]);
  });

  it.each<Fault>([
    { kind: 'cut', afterBytes: 0 },
    { kind: 'status', status: 503 },
    { kind: 'error-in-stream' },
    { kind: 'malformed-stream' },
  ])('in a stream with $kind', async (fault) => {
    standIn.behave({ answer: () => 'word '.repeat(60), faults: { script: [fault] } });
    const errors: unknown[] = [];
    const stream = streamText({
      model: client.model(standIn, client.known),
      ...ask,
      onError: ({ error }) => void errors.push(error),
    });
    await stream.consumeStream();
    expect(errors.length).toBeGreaterThan(0);
  });
});
