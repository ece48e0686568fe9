import { generateText, streamText } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StandIn } from '#test/stand-ins/server.ts';
import { sdkClients } from './sdk-clients.ts';

const said =
  'Hello from a model that has a little more to say than one piece of a stream can hold.';
const ask = {
  system: 'Be brief.',
  prompt: 'Say hello.',
  temperature: 0.25,
  maxOutputTokens: 50,
  maxRetries: 0,
};
const usage = { inputTokens: 6, outputTokens: Math.ceil(said.length / 4) };

let standIn: StandIn;
beforeAll(async () => {
  standIn = await StandIn.start({ answer: () => said });
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.log.clear();
  standIn.behave({ tokensPerSecond: null, faults: { script: [] } });
});

describe.each(sdkClients)('$name reads the stand-in', ({ protocol, endpoints, known, model }) => {
  // Catches a reader that takes a field of the request from the wrong place, or a body that the SDK refuses.
  it('as an answer that comes whole', async () => {
    const answer = await generateText({ model: model(standIn, known), ...ask });
    expect(answer.text).toBe(said);
    expect(answer.finishReason).toBe('stop');
    expect(answer.usage).toMatchObject(usage);
    expect(standIn.log.calls).toMatchObject([
      { protocol, endpoint: endpoints[0], outcome: 'answered', status: 200, ...usage },
    ]);
    expect(standIn.log.calls[0]?.request).toMatchObject({
      model: known,
      stream: false,
      temperature: 0.25,
      maxTokens: 50,
      system: 'Be brief.',
      prompt: 'Say hello.',
      images: 0,
    });
  });

  it('as a stream, piece by piece, with usage at its end', async () => {
    standIn.behave({ tokensPerSecond: 200 });
    const stream = streamText({ model: model(standIn, known), ...ask });
    const pieces: string[] = [];
    for await (const piece of stream.textStream) pieces.push(piece);
    expect(pieces.join('')).toBe(said);
    expect(pieces.length).toBeGreaterThan(3);
    expect(await stream.usage).toMatchObject(usage);
    expect(await stream.finishReason).toBe('stop');
    const [call] = standIn.log.calls;
    expect(call).toMatchObject({ endpoint: endpoints[1], outcome: 'answered', ...usage });
    expect((call?.endedAt ?? 0) - (call?.firstByteAt ?? 0)).toBeGreaterThan(60);
  });

  it.each(['whole', 'stream'])('as cut at the limit of tokens, %s', async (how) => {
    const options = { model: model(standIn, known), ...ask, maxOutputTokens: 5 };
    const answer = how === 'whole' ? generateText(options) : streamText(options);
    expect(await (await answer).finishReason).toBe('length');
    expect(await (await answer).text).toBe(said.slice(0, 20));
  });

  it('with an image', async () => {
    const image = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const content = [
      { type: 'text' as const, text: 'What is this?' },
      { type: 'file' as const, data: image, mediaType: 'image/png' },
    ];
    const messages = [{ role: 'user' as const, content }];
    await generateText({ model: model(standIn, known), messages, maxRetries: 0 });
    expect(standIn.log.calls[0]?.request).toMatchObject({ images: 1, prompt: 'What is this?' });
  });
});
