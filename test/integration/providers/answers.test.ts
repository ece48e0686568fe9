import { describe, expect, it } from 'vitest';
import type { OmegaError } from '#shared/error.ts';
import { modelProviders } from '#shared/providers.ts';
import { calm, providersOn, requestTo } from '#test/support/live-providers.ts';

const text = 'FROM node:24\nCMD ["node", "ä–😀"]\n'.repeat(30);

/** What a call ended with, where it is to fail. */
const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call was answered'),
    (error: OmegaError) => error,
  );

describe.each(modelProviders)('%s', (id) => {
  it.each([false, true])(
    'answers with text, usage and its finish, streaming: %s',
    async (streams) => {
      const { standIn, providers } = await providersOn({ answer: () => text });
      const pieces: string[] = [];
      const onText = (piece: string) => pieces.push(piece);
      const request = requestTo(standIn, id);
      const answer = await providers
        .get(id)
        .call(request, { signal: calm(), ...(streams ? { onText } : {}) });
      const [logged] = standIn.log.calls;
      expect(answer.text).toBe(text);
      expect(answer.finish).toBe('stop');
      expect(answer.usage).toEqual({
        inputTokens: logged?.inputTokens,
        outputTokens: logged?.outputTokens,
      });
      expect(pieces.join('')).toBe(streams ? answer.text : '');
      expect(logged?.request).toMatchObject({
        stream: streams,
        system: request.system,
        prompt: request.prompt,
        temperature: 0.2,
        maxTokens: 2000,
      });
    },
  );

  it('says that an answer ended at its limit or by a filter', async () => {
    const { standIn, providers } = await providersOn({
      faults: { script: [{ kind: 'length' }, { kind: 'length' }] },
    });
    const provider = providers.get(id);
    const request = requestTo(standIn, id);
    expect((await provider.call(request, { signal: calm() })).finish).toBe('length');
    const streamed = await provider.call(request, { signal: calm(), onText: () => undefined });
    expect(streamed.finish).toBe('length');
  });

  it('lists the models that write, and none that embeds', async () => {
    const { standIn, providers } = await providersOn();
    const models = await providers.get(id).models(calm());
    const written = standIn.behaviour.models[id].filter((name) => !/embed/.test(name));
    expect(models.map((model) => model.id)).toEqual(written);
  });

  it('refuses a model that is not there', async () => {
    const { standIn, providers } = await providersOn();
    const request = requestTo(standIn, id, { model: 'no-such-model' });
    for (const onText of [undefined, () => undefined]) {
      const options = { signal: calm(), ...(onText ? { onText } : {}) };
      const error = await failure(providers.get(id).call(request, options));
      expect(error).toMatchObject({ code: 'NOT_FOUND', retryable: false });
      expect(error.message).toContain('no-such-model');
    }
  });

  it('sends a schema, and images as they are', async () => {
    const { standIn, providers } = await providersOn({ answer: () => '{"a":1}' });
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    const data = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    );
    const request = requestTo(standIn, id, { schema, images: [{ mediaType: 'image/png', data }] });
    const answer = await providers.get(id).call(request, { signal: calm() });
    expect(JSON.parse(answer.text)).toEqual({ a: 1 });
    expect(standIn.log.calls[0]?.request?.images).toBe(1);
    expect(JSON.stringify(standIn.log.calls[0]?.request?.schema)).toContain('"properties"');
  });
});
