import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { type KeyringLibrary, tryKeyring } from '#main/secrets/keyring.ts';
import { ProviderKeys } from '#main/secrets/provider-keys.ts';
import { inKeyringSession, withoutKeyring } from '#test/support/keyring-session.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const lacking = withoutKeyring();

/** A keyring in memory, which a test can break. */
function library(
  change: Partial<KeyringLibrary> = {},
): KeyringLibrary & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getPassword: async (_, account) => held.get(account) ?? null,
    setPassword: async (_, account, password) => void held.set(account, password),
    deletePassword: async (_, account) => held.delete(account),
    ...change,
  };
}

describe('the trial of a keyring', () => {
  it('leaves nothing behind in one that works', async () => {
    const ring = library();
    expect(await tryKeyring('/data', async () => ring)).toMatchObject({ works: true });
    expect(ring.held.size).toBe(0);
  });

  it.each([
    [
      'that is not there',
      async () => Promise.reject(new Error('Cannot find package keytar')),
      /Cannot find/,
    ],
    [
      'that throws',
      async () => library({ setPassword: async () => Promise.reject(new Error('no D-Bus')) }),
      /no D-Bus/,
    ],
    ['that forgets', async () => library({ getPassword: async () => null }), /something else/],
    [
      'that never answers',
      async () => library({ getPassword: () => new Promise(() => undefined) }),
      /did not answer/,
    ],
  ] as const)('does not believe one %s', async (_, load, why) => {
    const trial = await tryKeyring('/data', load, 50);
    expect(trial).toMatchObject({ works: false, reason: expect.stringMatching(why) });
  });

  it('keeps the keys of two data folders apart, and takes over what lies in files', async () => {
    const ring = library();
    const open = (dataFolder: string, works: boolean) =>
      new ProviderKeys({
        dataFolder,
        env: {},
        tryKeyring: (folder) =>
          works ? tryKeyring(folder, async () => ring) : Promise.resolve({ works, reason: 'none' }),
      });
    const [one, two] = [tempFolder(), tempFolder()];
    await open(one, false).set('openai', 'from-a-file');
    const keys = open(one, true);
    expect(await keys.find('openai')).toEqual({ key: 'from-a-file', source: { from: 'file' } });
    await keys.set('openai', 'from-the-ring');
    expect(await keys.find('openai')).toEqual({
      key: 'from-the-ring',
      source: { from: 'keyring' },
    });
    expect(await open(two, true).find('openai')).toMatchObject({ key: null });
    expect(await open(one, false).find('openai')).toMatchObject({ key: null });
    await keys.delete('openai');
    expect(ring.held.size).toBe(0);
  });
});

describe.skipIf(lacking !== null)(
  `the system's keyring${lacking ? ` (skipped: ${lacking})` : ''}`,
  () => {
    it('keeps a key over processes, in no file, and gives it back to none but its folder', {
      timeout: 120_000,
    }, () => {
      const home = tempFolder();
      const cli = `"${process.execPath}" src/main/doors/cli/main.ts keys`;
      const script = `printf sk-in-the-keyring | ${cli} set openai --json && ${cli} list --json && ${cli} delete openai --json && ${cli} list --json`;
      const env = { OMEGA_HOME: home, OPENAI_API_KEY: undefined };
      const { status, stdout, stderr } = inKeyringSession(['sh', '-c', script], env);
      expect(stderr).not.toContain('omega:');
      expect(status).toBe(0);
      expect(stdout.match(/"from": "keyring"/g)).toHaveLength(2);
      expect(stdout).not.toContain('sk-in-the-keyring');
      expect(readdirSync(home)).not.toContain('secrets');
    });
  },
);

it('a key that another process changes is used within seconds', async () => {
  const dataFolder = tempFolder();
  const [one, other] = [0, 1].map(
    () => new ProviderKeys({ dataFolder, env: { OMEGA_KEYRING: 'off' } }),
  );
  await other?.set('openai', 'first');
  expect((await one?.find('openai'))?.key).toBe('first');
  await other?.set('openai', 'second');
  await vi.waitFor(async () => expect((await one?.find('openai'))?.key).toBe('second'), 5000);
});
