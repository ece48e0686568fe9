import { generateText, streamText } from 'ai';
import { createOllama } from 'ai-sdk-ollama';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StandIn } from '#test/stand-ins/server.ts';
import { sdkClients } from './sdk-clients.ts';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await StandIn.start();
});
afterEach(() => standIn.close());

const begun = () => standIn.log.until((entries) => entries.some(({ request }) => request !== null));
const ended = () =>
  standIn.log.until((entries) => entries.every(({ endedAt }) => endedAt !== null));

describe.each(sdkClients)('a caller of $name that gives up', ({ known, model }) => {
  // Catches a client, or a stand-in, that goes on working on what nobody waits for.
  it('closes the connection while it waits', async () => {
    standIn.behave({ latencyMs: 20_000, answer: () => 'Hello.' });
    const abort = new AbortController();
    const answer = generateText({
      model: model(standIn, known, undefined, abort.signal),
      prompt: 'Hi',
      maxRetries: 0,
      abortSignal: abort.signal,
    });
    await begun();
    abort.abort();
    await expect(answer).rejects.toThrow();
    await ended();
    expect(standIn.log.calls).toMatchObject([{ outcome: 'aborted', firstByteAt: null }]);
  });

  it('closes the connection in the middle of a stream', async () => {
    standIn.behave({ tokensPerSecond: 50, answer: () => 'word '.repeat(2_000) });
    const abort = new AbortController();
    const stream = streamText({
      model: model(standIn, known, undefined, abort.signal),
      prompt: 'Hi',
      maxRetries: 0,
      abortSignal: abort.signal,
      onError: () => {},
    });
    for await (const piece of stream.textStream) if (piece !== '') abort.abort();
    await ended();
    expect(standIn.log.calls).toMatchObject([{ outcome: 'aborted', status: 200 }]);
    expect(standIn.log.calls[0]?.bytes).toBeLessThan(20_000);
  });
});

// When this fails, ai-sdk-ollama has learned it, and the fetch that brings the signal can go.
it('ai-sdk-ollama alone does not pass the signal on', async () => {
  standIn.behave({ latencyMs: 200, answer: () => 'Hello.' });
  const abort = new AbortController();
  const answer = generateText({
    model: createOllama({ baseURL: standIn.urls.ollama })('llama3.2'),
    prompt: 'Hi',
    maxRetries: 0,
    abortSignal: abort.signal,
  });
  await begun();
  abort.abort();
  expect((await answer).text).toBe('Hello.');
  expect(standIn.log.calls).toMatchObject([{ outcome: 'answered' }]);
});
