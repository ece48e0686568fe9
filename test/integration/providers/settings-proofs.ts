import { expect, onTestFinished } from 'vitest';
import type { Config } from '#shared/config.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { StandIn } from '#test/stand-ins/server.ts';
import { calm, providersOn, requestTo } from '#test/support/live-providers.ts';
import type { Proofs } from '#test/support/prove-settings.ts';

type Field = keyof Config['providers'];

/** A change of an address sends the next call elsewhere; a blank one is refused with its name. */
const urlProof = (id: ModelProvider, field: Field) => async () => {
  const { standIn, settings, providers } = await providersOn();
  const other = await StandIn.start();
  onTestFinished(() => other.close());
  const call = () => providers.get(id).call(requestTo(standIn, id), { signal: calm() });
  await call();
  const before = standIn.log.calls.length;
  const there = String(settings.current[field]).replace(standIn.url, other.url);
  settings.set({ [field]: `${there}/` });
  await call();
  expect([standIn.log.calls.length, other.log.calls.length]).toEqual([before, 1]);
  settings.set({ [field]: '' });
  await expect(call()).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(field),
  });
};

/** The model that is set is asked for; without one the first that is offered. */
const modelProof = (id: ModelProvider, field: Field) => async () => {
  const { standIn, settings, providers } = await providersOn();
  const writes = standIn.behaviour.models[id].filter((name) => !/embed/.test(name));
  expect(await providers.modelOf(id, calm())).toBe(writes[0]);
  const lists = standIn.log.entries.length;
  // Remembered for a minute: runs of many jobs do not ask again.
  expect(await providers.modelOf(id, calm())).toBe(writes[0]);
  expect(standIn.log.entries.length).toBe(lists);
  settings.set({ [field]: 'the-set-model' });
  expect(await providers.modelOf(id, calm())).toBe('the-set-model');
  settings.set({ [field]: 'another' });
  expect(await providers.modelOf(id, calm())).toBe('another');
  expect((await providers.view(id)).model).toBe('another');
};

/** Shows that addresses, models and the project do what they say, at the next call. */
export const providerSettingsProofs = {
  ollamaUrl: urlProof('ollama', 'ollamaUrl'),
  ollamaModel: modelProof('ollama', 'ollamaModel'),
  openaiUrl: urlProof('openai', 'openaiUrl'),
  openaiModel: modelProof('openai', 'openaiModel'),
  compatibleUrl: urlProof('compatible', 'compatibleUrl'),
  compatibleModel: modelProof('compatible', 'compatibleModel'),
  anthropicUrl: urlProof('anthropic', 'anthropicUrl'),
  anthropicModel: modelProof('anthropic', 'anthropicModel'),
  geminiUrl: urlProof('gemini', 'geminiUrl'),
  geminiModel: modelProof('gemini', 'geminiModel'),
  watsonxUrl: async () => {
    // Tokens are those of the server that gave them.
    const { standIn, settings, providers } = await providersOn();
    const other = await StandIn.start();
    onTestFinished(() => other.close());
    const call = () =>
      providers.get('watsonx').call(requestTo(standIn, 'watsonx'), { signal: calm() });
    await call();
    settings.set({ watsonxUrl: other.url, watsonxIamUrl: other.url });
    await call();
    expect([standIn.log.calls.length, other.log.calls.length]).toEqual([1, 1]);
    settings.set({ watsonxUrl: '' });
    await expect(call()).rejects.toThrow('providers.watsonxUrl');
  },
  watsonxIamUrl: async () => {
    const { standIn, settings, providers } = await providersOn();
    const other = await StandIn.start();
    onTestFinished(() => other.close());
    settings.set({ watsonxIamUrl: other.url });
    const call = providers.get('watsonx').call(requestTo(standIn, 'watsonx'), { signal: calm() });
    // What another server gave is refused here, and asked for anew once.
    await expect(call).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect([standIn.tokens.issued, other.tokens.issued]).toEqual([0, 2]);
    settings.set({ watsonxIamUrl: '' });
    const next = providers.get('watsonx').call(requestTo(standIn, 'watsonx'), { signal: calm() });
    await expect(next).rejects.toThrow('providers.watsonxIamUrl');
  },
  watsonxProject: async () => {
    const { standIn, settings, providers } = await providersOn();
    settings.set({ watsonxProject: '' });
    const call = () =>
      providers.get('watsonx').call(requestTo(standIn, 'watsonx'), { signal: calm() });
    await expect(call()).rejects.toThrow('providers.watsonxProject');
    expect(standIn.log.entries).toEqual([]);
    settings.set({ watsonxProject: 'another-project' });
    await call();
    expect(standIn.log.calls).toHaveLength(1);
  },
  watsonxModel: modelProof('watsonx', 'watsonxModel'),
} satisfies Partial<Proofs<'providers'>>;
