import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Environment } from '#main/core/config/environment.ts';
import type { ConfigChange } from '#shared/config.ts';
import { modelProviders } from '#shared/providers.ts';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { type BehaviourChange, StandIn } from '#test/stand-ins/server.ts';
import { filesWith } from '#test/support/grep-files.ts';
import { standInEnv, standInSettings } from '#test/support/live-providers.ts';
import { openApi } from '#test/support/open-api.ts';

/** The app, sent to a stand-in by its configuration. */
async function opened(behaviour: BehaviourChange = {}, env: Environment = standInEnv) {
  const standIn = await StandIn.start(behaviour);
  onTestFinished(() => standIn.close());
  const app = await openApi({ env });
  const settings = Object.entries(standInSettings(standIn));
  const change = settings.map(([field, value]) => [`providers.${field}`, value]);
  await app.call('config.set', Object.fromEntries(change) as ConfigChange);
  const kinds = () => app.events.map(({ type }) => type);
  return { ...app, standIn, kinds };
}

const withoutKeys: Environment = { OMEGA_KEYRING: 'off' };

describe('provider routes', () => {
  it('tell each provider, where its key comes from and what it lacks', async () => {
    const { call } = await opened(
      {},
      { ...withoutKeys, GOOGLE_GENERATIVE_AI_API_KEY: 'k', COMPATIBLE_API_KEY: 'c' },
    );
    const views = await call('provider.list', {});
    expect(views.map(({ id }) => id)).toEqual(modelProviders);
    const of = (id: string) => views.find((view) => view.id === id);
    expect(of('ollama')).toMatchObject({ needsKey: false, key: { from: 'none' }, lacks: null });
    expect(of('gemini')).toMatchObject({
      key: { from: 'environment', variable: 'GOOGLE_GENERATIVE_AI_API_KEY' },
      lacks: null,
    });
    expect(of('compatible')?.key).toEqual({ from: 'environment', variable: 'COMPATIBLE_API_KEY' });
    expect(of('openai')?.lacks).toContain('omega keys set openai');
    await call('config.set', { 'providers.watsonxProject': '' });
    const lacks = (await call('provider.list', {})).find(({ id }) => id === 'watsonx')?.lacks;
    expect(lacks).toContain('providers.watsonxProject');
  });

  it('test every provider, and say what is wrong with one', async () => {
    const { call, standIn } = await opened();
    for (const provider of modelProviders) {
      const test = await call('provider.test', { provider });
      expect(test, provider).toMatchObject({ ok: true, models: expect.any(Number) });
    }
    standIn.behave({ faults: { everywhere: { kind: 'html' } } });
    const test = await call('provider.test', { provider: 'openai' });
    expect(test).toMatchObject({
      ok: false,
      error: { code: 'UNAVAILABLE', message: expect.stringContaining('not an LLM API') },
    });
  });

  it('test a server that keeps no list by one token of its model', async () => {
    const { call, standIn } = await opened();
    await call('config.set', { 'providers.compatibleUrl': `${standIn.url}/nothing/here` });
    const without = await call('provider.test', { provider: 'compatible' });
    expect(without).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    await call('config.set', { 'providers.compatibleModel': 'local-coder' });
    const with404 = await call('provider.test', { provider: 'compatible' });
    expect(with404).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('404') },
    });
  });

  it('say that the set model is missing, and name those that are near', async () => {
    const { call, standIn } = await opened();
    await call('config.set', { 'providers.openaiModel': 'gpt-4.1-minni' });
    expect(await call('provider.test', { provider: 'openai' })).toMatchObject({
      ok: false,
      error: {
        code: 'NOT_FOUND',
        message: expect.stringMatching(/no model "gpt-4.1-minni".* gpt-4\.1-mini, gpt-4\.1\./),
      },
    });
    // One that is there without being listed is no fault.
    standIn.behave({ models: { ...standIn.behaviour.models, ollama: ['llama3.2:latest'] } });
    await call('config.set', { 'providers.ollamaModel': 'llama3.2' });
    expect(await call('provider.test', { provider: 'ollama' })).toMatchObject({ ok: true });
  });

  it('can be cancelled while a provider stalls', async () => {
    const { call, standIn } = await opened({
      faults: { everywhere: { kind: 'stall', afterBytes: 0 } },
    });
    const controller = new AbortController();
    const test = call('provider.test', { provider: 'openai' }, controller.signal);
    await vi.waitFor(() => expect(standIn.log.entries).toHaveLength(1));
    controller.abort();
    await expect(test).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(() => expect(standIn.log.entries[0]?.endedAt).not.toBeNull());
  });

  it('list models with their prices, which a price of the user replaces at once', async () => {
    const { call, kinds } = await opened();
    const price = async () => (await call('provider.models', { provider: 'openai' }))[0]?.price;
    expect(await price()).toEqual({ input: 2, output: 8 });
    const row = { provider: 'openai', model: 'gpt-4.1', input: 1, output: 3 } as const;
    const rows = await call('price.set', row);
    expect(rows).toContainEqual({ ...row, own: true });
    expect(await price()).toEqual({ input: 1, output: 3 });
    expect(kinds().filter((kind) => kind === 'providers.changed').length).toBeGreaterThan(0);
    await call('price.delete', { provider: 'openai', model: 'gpt-4.1' });
    expect(await price()).toEqual({ input: 2, output: 8 });
    await expect(
      call('price.delete', { provider: 'openai', model: 'gpt-4.1' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('key routes', () => {
  it('keep a key that the next call uses, change it, and forget it', async () => {
    const { call, kinds } = await opened({}, withoutKeys);
    const code = async () => {
      const test = await call('provider.test', { provider: 'openai' });
      return test.ok ? 'fine' : test.error.code;
    };
    expect(await code()).toBe('UNAUTHORIZED');
    const view = await call('key.set', { provider: 'openai', key: standInKey });
    expect(view).toMatchObject({ key: { from: 'file' }, lacks: null });
    expect(JSON.stringify(view)).not.toContain(standInKey);
    expect(await code()).toBe('fine');
    await call('key.set', { provider: 'openai', key: 'another-key' });
    expect(await code()).toBe('UNAUTHORIZED');
    expect(await call('key.delete', { provider: 'openai' })).toMatchObject({
      key: { from: 'none' },
    });
    await expect(call('key.delete', { provider: 'openai' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(kinds().filter((kind) => kind === 'providers.changed').length).toBeGreaterThanOrEqual(3);
  });

  it('refuse what cannot be a key, and what a variable would win over', async () => {
    const { call } = await opened({}, { ...withoutKeys, OPENAI_API_KEY: standInKey });
    for (const key of ['', '  ', 'two words', 'line\nbreak', 'ä', 'x'.repeat(5000)]) {
      const set = call('key.set', { provider: 'anthropic', key });
      await expect(set).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    const set = call('key.set', { provider: 'openai', key: 'mine' });
    await expect(set).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('OPENAI_API_KEY'),
    });
    await expect(call('key.keep', { provider: 'gemini' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('keep the key of the environment, so that it is there without', async () => {
    const { call, api, dataFolder } = await opened(
      {},
      { ...withoutKeys, OPENAI_API_KEY: standInKey },
    );
    expect(await call('key.keep', { provider: 'openai' })).toMatchObject({
      key: { from: 'environment' },
    });
    await api.dispose();
    const later = await openApi({ env: withoutKeys, dataFolder });
    const views = await later.call('provider.list', {});
    expect(views.find(({ id }) => id === 'openai')?.key).toEqual({ from: 'file' });
  });

  it('tell of a key file that was tampered with, and take another key', async () => {
    const { call, dataFolder } = await opened({}, withoutKeys);
    await call('key.set', { provider: 'openai', key: standInKey });
    writeFileSync(join(dataFolder, 'secrets/openai.sealed'), 'tampered');
    // Another process has it in memory for two seconds at most; this one starts anew.
    const later = await openApi({ env: withoutKeys, dataFolder });
    const view = (await later.call('provider.list', {})).find(({ id }) => id === 'openai');
    expect(view).toMatchObject({
      key: { from: 'none' },
      lacks: expect.stringContaining('set the key again'),
    });
    const again = await later.call('key.set', { provider: 'openai', key: standInKey });
    expect(again).toMatchObject({ key: { from: 'file' }, lacks: null });
  });
});

it('no key is in any file of the data folder, in an event or in an error', async () => {
  const secret = 'sk-grep-me-0123456789abcdef';
  const env = Object.fromEntries(Object.keys(standInEnv).map((name) => [name, secret]));
  const { call, api, dataFolder, events } = await opened(
    {},
    { ...env, ...withoutKeys, OPENAI_API_KEY: undefined },
  );
  await call('config.set', { 'log.level': 'debug' });
  await call('key.set', { provider: 'openai', key: secret });
  const said: unknown[] = [];
  for (const provider of modelProviders) {
    said.push(await call('provider.test', { provider }));
    said.push(
      await call('provider.models', { provider }).catch((error) => [error.message, error.details]),
    );
    said.push(await api.call('key.set', { provider, key: `${secret} and more` }));
    said.push(await api.call('key.set', { provider, keys: secret }));
  }
  said.push(await call('provider.list', {}), events);
  await api.dispose();
  expect(JSON.stringify(said)).not.toContain(secret);
  expect(filesWith(dataFolder, secret)).toEqual([]);
});
