import { spawnSync } from 'node:child_process';
import { expect, onTestFinished } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { StandIn } from '#test/stand-ins/server.ts';
import { cliEntry } from '#test/support/cli-entry.ts';
import { standInEnv, standInSettings } from '#test/support/live-providers.ts';
import { modelApi } from '#test/support/model-api.ts';
import { nodeProject } from '#test/support/node-project.ts';
import { openApi } from '#test/support/open-api.ts';
import { proveSettings } from '#test/support/prove-settings.ts';
import { answering, draftIn } from '#test/support/scripted-gate.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** What `omega generate` asks for under these settings, where its options say nothing. */
function asksFor(variables: Readonly<Record<string, string>>): object {
  const env = { ...process.env, ...standInEnv, OMEGA_HOME: tempFolder(), ...variables };
  const args = [cliEntry, 'generate', nodeProject('orders'), '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return (JSON.parse(stdout) as { run: { request: object } }).run.request;
}

/** An app whose models write what they are given, or nothing where `fails`; what a run asked them. */
async function asking(fails = false) {
  const root = nodeProject('orders');
  const opened = await modelApi(
    (request) => (fails ? 'prose' : answering(request, (path) => draftIn(request, path))),
    { env: {} },
  );
  const run = async (request: Parameters<typeof opened.generate>[1] = {}) => {
    opened.requests.splice(0);
    opened.asked.splice(0);
    await opened.generate(root, request);
    return opened.requests;
  };
  return { ...opened, root, run };
}

async function standIn(): Promise<StandIn> {
  const server = await StandIn.start();
  onTestFinished(() => server.close());
  return server;
}

/** The address of a provider leads its requests to one server, and after a change to another. */
const address =
  (provider: ModelProvider, field = `providers.${provider}Url` as const) =>
  async (): Promise<void> => {
    const { call } = await openApi({ env: standInEnv });
    const servers = [await standIn(), await standIn()];
    for (const server of servers) {
      const before = servers.map(({ log }) => log.entries.length);
      await call('config.set', { [field]: server.urls[provider] });
      await call('provider.models', { provider });
      const came = servers.map(({ log }, at) => log.entries.length > (before[at] ?? 0));
      expect(came).toEqual(servers.map((one) => one === server));
    }
  };

/** The model of a provider is the one that a run would ask, and after a change another; blank is the first. */
const model = (provider: ModelProvider) => async (): Promise<void> => {
  const server = await standIn();
  const { call } = await openApi({ env: standInEnv, ports: offlinePorts });
  const settings = Object.entries(standInSettings(server));
  await call(
    'config.set',
    Object.fromEntries(settings.map(([key, to]) => [`providers.${key}`, to])),
  );
  const wanted = { root: nodeProject('orders'), kind: 'dockerfile', service: 'orders' } as const;
  const [first = ''] = server.behaviour.models[provider];
  for (const name of ['some-model', 'another', '']) {
    await call('config.set', { [`providers.${provider}Model`]: name });
    const preview = await call('prompt.preview', { ...wanted, use: provider });
    expect(preview.model).toBe(name || first);
  }
};

proveSettings('providers', {
  use: async () => {
    expect(asksFor({ OMEGA_PROVIDERS_USE: 'ollama' })).toMatchObject({ use: 'ollama' });
    expect(asksFor({ OMEGA_PROVIDERS_USE: 'blueprint' })).toMatchObject({ use: 'blueprint' });
  },
  ensemble: async () => {
    const use = { OMEGA_PROVIDERS_USE: 'ollama' };
    const preset = (ensemble: string) => asksFor({ ...use, OMEGA_PROVIDERS_ENSEMBLE: ensemble });
    expect(preset('fast')).toMatchObject({ ensemble: 'fast' });
    expect(preset('diverse')).toMatchObject({ ensemble: 'diverse' });
  },
  fallbacks: async () => {
    const { call, run, asked } = await asking();
    await run();
    expect(asked[0]?.fallbacks).toEqual([]);
    await call('config.set', { 'providers.fallbacks': ['gemini', 'openai', 'ollama'] });
    await run();
    expect(asked[0]?.fallbacks).toEqual(['gemini', 'ollama']);
  },
  members: async () => {
    const { call, run } = await asking();
    const providers = async () =>
      (await run({ ensemble: 'balanced' })).map(({ provider }) => provider).toSorted();
    expect(await providers()).toEqual(['openai']);
    await call('config.set', { 'providers.members': ['gemini', 'ollama'] });
    expect(await providers()).toEqual(['gemini', 'ollama']);
  },
  temperature: async () => {
    const { call, run } = await asking();
    await call('config.set', { 'providers.temperature': 0.7 });
    expect((await run())[0]?.temperature).toBe(0.7);
    await call('config.set', { 'providers.temperature': 0 });
    expect((await run())[0]?.temperature).toBe(0);
    expect((await run({ temperature: 1.5 }))[0]?.temperature).toBe(1.5);
  },
  maxTokens: async () => {
    const { call, run } = await asking();
    await call('config.set', { 'providers.maxTokens': 500 });
    expect((await run())[0]?.maxTokens).toBe(500);
    await call('config.set', { 'providers.maxTokens': 900 });
    expect((await run())[0]?.maxTokens).toBe(900);
    expect((await run({ maxTokens: 64 }))[0]?.maxTokens).toBe(64);
  },
  contextTokens: async () => {
    const { call, root } = await asking();
    const wanted = {
      root,
      kind: 'dockerfile',
      service: 'orders',
      use: 'openai',
      model: 'm',
    } as const;
    const length = async (tokens: number) => {
      await call('config.set', { 'providers.contextTokens': tokens });
      const { prompt, files } = await call('prompt.preview', wanted);
      return { length: prompt.length, files: files.length };
    };
    const small = await length(500);
    const large = await length(5_000);
    // What is not context: the tag, the task, and how to answer.
    expect(small.length).toBeLessThan(500 * 4 + 800);
    expect(large.length).toBeGreaterThan(small.length);
    expect(large.files).toBeGreaterThan(small.files);
  },
  repairRounds: async () => {
    const { call, run } = await asking(true);
    for (const rounds of [0, 1, 2]) {
      await call('config.set', { 'providers.repairRounds': rounds });
      expect(await run()).toHaveLength(1 + rounds);
    }
  },
  ollamaUrl: address('ollama'),
  ollamaModel: model('ollama'),
  openaiUrl: address('openai'),
  openaiModel: model('openai'),
  compatibleUrl: address('compatible'),
  compatibleModel: model('compatible'),
  anthropicUrl: address('anthropic'),
  anthropicModel: model('anthropic'),
  geminiUrl: address('gemini'),
  geminiModel: model('gemini'),
  watsonxUrl: async () => {
    const { call } = await openApi({ env: standInEnv });
    const servers = [await standIn(), await standIn()];
    const [iam] = servers;
    await call('config.set', {
      'providers.watsonxProject': 'p',
      'providers.watsonxIamUrl': iam?.urls.watsonx ?? '',
    });
    for (const server of servers) {
      const before = servers.map(({ log }) => log.entries.length);
      await call('config.set', { 'providers.watsonxUrl': server.urls.watsonx });
      await call('provider.models', { provider: 'watsonx' });
      expect(server.log.entries.length).toBeGreaterThan(before[servers.indexOf(server)] ?? 0);
    }
    expect(servers[1]?.log.entries.length).toBe(1);
  },
  watsonxIamUrl: async () => {
    const { call } = await openApi({ env: standInEnv });
    const [one, other] = [await standIn(), await standIn()];
    await call('config.set', {
      'providers.watsonxProject': 'p',
      'providers.watsonxUrl': one.urls.watsonx,
      'providers.watsonxIamUrl': other.urls.watsonx,
    });
    await call('provider.test', { provider: 'watsonx' });
    expect(other.log.entries).toHaveLength(1);
    await call('config.set', { 'providers.watsonxIamUrl': '' });
    expect(await call('provider.test', { provider: 'watsonx' })).toMatchObject({ ok: false });
  },
  watsonxProject: async () => {
    const server = await standIn();
    const { call } = await openApi({ env: standInEnv });
    const settings = Object.entries({ ...standInSettings(server), watsonxProject: '' });
    await call(
      'config.set',
      Object.fromEntries(settings.map(([key, to]) => [`providers.${key}`, to])),
    );
    expect(await call('provider.test', { provider: 'watsonx' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('providers.watsonxProject') },
    });
    await call('config.set', { 'providers.watsonxProject': 'a-project' });
    expect(await call('provider.test', { provider: 'watsonx' })).toMatchObject({ ok: true });
  },
  watsonxModel: model('watsonx'),
});
