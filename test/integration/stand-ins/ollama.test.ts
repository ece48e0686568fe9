import { APICallError, generateText, streamText } from 'ai';
import { createOllama } from 'ai-sdk-ollama';
import { Ollama } from 'ollama';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '#test/stand-ins/fault.ts';
import { StandIn } from '#test/stand-ins/server.ts';

let standIn: StandIn;
let client: Ollama;
beforeAll(async () => {
  standIn = await StandIn.start({ answer: () => 'Hello.' });
  client = new Ollama({ host: standIn.url });
});
afterAll(() => standIn.close());
beforeEach(() => standIn.log.clear());

describe("Ollama's own client reads the stand-in", () => {
  it('as a list of models, each with its description', async () => {
    const { models } = await client.list();
    expect(models.map(({ name }) => name)).toEqual(standIn.behaviour.models.ollama);
    const shown = await client.show({ model: 'llama3.2' });
    expect(shown.capabilities).toContain('completion');
    expect((await client.version()).version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('as an answer to generate, whole and as a stream', async () => {
    const request = { model: 'llama3.2', prompt: 'Hi', system: 'Be brief.' };
    expect(await client.generate({ ...request, stream: false })).toMatchObject({
      response: 'Hello.',
      done: true,
      eval_count: 2,
    });
    let text = '';
    for await (const part of await client.generate({ ...request, stream: true })) {
      text += part.response;
    }
    expect(text).toBe('Hello.');
    expect(standIn.log.calls.map(({ request }) => request?.stream)).toEqual([false, true]);
  });

  it('as 404 for a model that is not there', async () => {
    const request = { model: 'nope', messages: [{ role: 'user', content: 'Hi' }] };
    await expect(client.chat(request)).rejects.toMatchObject({
      status_code: 404,
      message: "model 'nope' not found",
    });
  });
});

describe('ai-sdk-ollama fails', () => {
  const ask = { prompt: 'Hi', maxRetries: 0 };
  const model = (id = 'llama3.2') => createOllama({ baseURL: standIn.urls.ollama })(id);
  const failure = async (id?: string): Promise<unknown> => {
    try {
      return await generateText({ model: model(id), ...ask });
    } catch (error) {
      return error;
    }
  };

  it.each<[number, Fault]>([
    [429, { kind: 'rate-limit', retryAfterMs: 2_000 }],
    [500, { kind: 'status', status: 500 }],
    [503, { kind: 'status', status: 503 }],
  ])(
    'with the status %i, but not as an error of the SDK, and without headers',
    async (status, fault) => {
      standIn.behave({ faults: { script: [fault] } });
      const error = await failure();
      expect(APICallError.isInstance(error)).toBe(false);
      expect(error).toMatchObject({ cause: { status_code: status } });
      expect(error).not.toHaveProperty('responseHeaders');
    },
  );

  it('with 404 for a model that is not there', async () => {
    expect(await failure('nope')).toMatchObject({ cause: { status_code: 404 } });
  });

  it.each<Fault>([{ kind: 'html' }, { kind: 'half-json' }, { kind: 'cut', afterBytes: 20 }])(
    'with $kind',
    async (fault) => {
      standIn.behave({ faults: { script: [fault] } });
      expect(await failure()).toBeInstanceOf(Error);
    },
  );

  it('with an error in the stream, which only its reader sees', async () => {
    standIn.behave({ faults: { script: [{ kind: 'error-in-stream' }] } });
    const stream = streamText({ model: model(), ...ask });
    const read = async (): Promise<void> => {
      for await (const _ of stream.textStream);
    };
    await expect(read()).rejects.toThrow('The server had an error');
    await expect(stream.finishReason).rejects.toThrow();
  });
});
