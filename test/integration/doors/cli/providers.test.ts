import { describe, expect, it, onTestFinished } from 'vitest';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { StandIn } from '#test/stand-ins/server.ts';
import { filesWith } from '#test/support/grep-files.ts';
import { omega } from '#test/support/omega-process.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** The command on a data folder of its own, without keys in its environment. */
async function opened() {
  const home = tempFolder();
  const standIn = await StandIn.start();
  onTestFinished(() => standIn.close());
  const names = [
    'OLLAMA',
    'OPENAI',
    'ANTHROPIC',
    'GEMINI',
    'GOOGLE_GENERATIVE_AI',
    'WATSONX',
    'COMPATIBLE',
    'OMEGA_COMPATIBLE',
  ];
  const env = {
    ...Object.fromEntries(names.map((name) => [`${name}_API_KEY`, undefined])),
    OMEGA_PROVIDERS_OPENAI_URL: standIn.urls.openai,
    OMEGA_PROVIDERS_OLLAMA_URL: standIn.urls.ollama,
  };
  const run = (args: string, input?: string, more: NodeJS.ProcessEnv = {}) =>
    omega(home, args.split(' '), undefined, {
      env: { ...env, ...more },
      ...(input === undefined ? {} : { input }),
    });
  return { home, standIn, run };
}

describe('omega providers, keys and prices', { timeout: 120_000 }, () => {
  it('keep a key from standard input, try it, and never show it', async () => {
    const { home, run } = await opened();
    const before = await run('providers test openai');
    expect(before).toMatchObject({ code: 1, stdout: expect.stringContaining('UNAUTHORIZED') });
    const set = await run('keys set openai', `${standInKey}\n`);
    expect(set).toMatchObject({
      code: 0,
      stdout: 'OpenAI: key in an encrypted file of the data folder.\n',
      stderr: '',
    });
    const tests = await run('providers test --json');
    expect(tests.code).toBe(0);
    expect(JSON.parse(tests.stdout)).toEqual([
      { provider: 'ollama', ok: true, ms: expect.any(Number), models: 2 },
      { provider: 'openai', ok: true, ms: expect.any(Number), models: 2 },
    ]);
    const models = await run('providers models openai');
    expect(models.stdout).toMatch(/^gpt-4\.1 +\$2 in, \$8 out a million$/m);
    const list = await run('keys list --json');
    expect(JSON.parse(list.stdout)).toContainEqual({
      provider: 'openai',
      needsKey: true,
      key: { from: 'file' },
    });
    const inShell = await run('keys', undefined, { OPENAI_API_KEY: 'of-this-shell' });
    expect(inShell.stdout).toMatch(/^openai +key from OPENAI_API_KEY$/m);
    expect((await run('keys delete openai')).code).toBe(0);
    expect((await run('keys delete openai')).code).toBe(2);
    expect(filesWith(home, standInKey)).toEqual([]);
  });

  it('refuse a key as an argument, a blank one, an unknown provider, and one that a variable sets', async () => {
    const { run } = await opened();
    expect(await run('keys set openai sk-on-the-line')).toMatchObject({ code: 2, stdout: '' });
    expect((await run('keys set openai', ' \n')).code).toBe(2);
    expect(await run('keys set nobody', 'sk')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('watsonx'),
    });
    const set = await run('keys set openai', 'sk-another', { OPENAI_API_KEY: 'of-this-shell' });
    expect(set).toMatchObject({ code: 3, stderr: expect.stringContaining('OPENAI_API_KEY') });
  });

  it('set, list and delete prices', async () => {
    const { run } = await opened();
    const set = await run('prices set openai gpt-9 1.5 6');
    expect(set).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^openai +gpt-9 +\$1\.5 in, \$6 out/),
    });
    const rows = JSON.parse((await run('prices --json')).stdout);
    expect(rows).toContainEqual({
      provider: 'openai',
      model: 'gpt-9',
      input: 1.5,
      output: 6,
      own: true,
    });
    expect((await run('prices delete openai gpt-9')).code).toBe(0);
    expect((await run('prices delete openai gpt-9')).code).toBe(2);
    expect((await run('prices set openai gpt-9 free 0')).code).toBe(2);
  });
});
