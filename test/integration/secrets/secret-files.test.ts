import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SecretFiles } from '#main/secrets/secret-files.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const secret = 'sk-a-secret-that-nobody-may-read';

/** A store on a folder of its own, and its files. */
function opened() {
  const folder = tempFolder();
  const secrets = join(folder, 'secrets');
  return {
    folder,
    files: new SecretFiles(folder),
    sealed: join(secrets, 'openai.sealed'),
    key: join(secrets, 'key'),
    names: () => readdirSync(secrets).sort(),
  };
}

it('gives back what was kept, also to another process, and forgets what was deleted', async () => {
  const { files, folder } = opened();
  expect(await files.get('openai')).toBeNull();
  await files.set('openai', secret);
  expect(await new SecretFiles(folder).get('openai')).toBe(secret);
  expect(await files.delete('openai')).toBe(true);
  expect(await files.delete('openai')).toBe(false);
  expect(await files.get('openai')).toBeNull();
});

it('writes nothing in the clear, with another nonce each time, for its owner alone', async () => {
  const { files, sealed, key, names, folder } = opened();
  await files.set('openai', secret);
  const first = readFileSync(sealed);
  await files.set('openai', secret);
  const second = readFileSync(sealed);
  expect(first.equals(second)).toBe(false);
  expect(second.includes(secret)).toBe(false);
  expect(names()).toEqual(['key', 'openai.sealed']);
  for (const path of [sealed, key]) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
});

it('closes a cipher key that others may read', async () => {
  const { files, key } = opened();
  await files.set('openai', secret);
  chmodSync(key, 0o644);
  expect(await files.get('openai')).toBe(secret);
  expect(statSync(key).mode & 0o777).toBe(0o600);
});

it.each([
  [
    'a flipped bit',
    (bytes: Buffer) =>
      Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))),
  ],
  [
    'a changed nonce',
    (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 8 ? byte ^ 1 : byte))),
  ],
  ['a cut end', (bytes: Buffer) => bytes.subarray(0, -3)],
  ['nothing', () => Buffer.alloc(0)],
  ['plain text', () => Buffer.from(secret)],
])('refuses a file with %s, sets it aside and says so once', async (_, change) => {
  const { files, sealed, names } = opened();
  await files.set('openai', secret);
  writeFileSync(sealed, change(readFileSync(sealed)));
  await expect(files.get('openai')).rejects.toMatchObject({
    code: 'NOT_READABLE',
    message: expect.stringContaining('set the key again'),
  });
  expect(names()).toEqual(['key', expect.stringMatching(/^openai\.sealed\.damaged-\d+$/)]);
  expect(await files.get('openai')).toBeNull();
  await files.set('openai', 'another');
  expect(await files.get('openai')).toBe('another');
});

it("does not take one provider's file for another's, nor another folder's key for its own", async () => {
  const { files, sealed, key } = opened();
  await files.set('openai', secret);
  copyFileSync(sealed, sealed.replace('openai', 'anthropic'));
  await expect(files.get('anthropic')).rejects.toMatchObject({ code: 'NOT_READABLE' });
  const other = opened();
  await other.files.set('openai', secret);
  copyFileSync(other.key, key);
  await expect(files.get('openai')).rejects.toMatchObject({ code: 'NOT_READABLE' });
});

it('makes a new cipher key where the old one is none', async () => {
  const { files, key } = opened();
  await files.set('openai', secret);
  writeFileSync(key, 'no key');
  await files.set('gemini', 'another');
  expect(await files.get('gemini')).toBe('another');
});

it('refuses names that are paths', async () => {
  const { files } = opened();
  for (const name of ['../x', 'a/b', '', 'A']) {
    await expect(files.set(name, 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
});

it('loses nothing when processes write at once, from the first key on', {
  timeout: 60_000,
}, async () => {
  const { folder, files, names } = opened();
  const store = join(import.meta.dirname, '../../../src/main/secrets/secret-files.ts');
  const child = (name: string) =>
    `import { SecretFiles } from ${JSON.stringify(store)};
     const files = new SecretFiles(${JSON.stringify(folder)});
     for (let at = 0; at < 20; at += 1) {
       await files.set('${name}', '${name}-' + at);
       await files.set('shared', '${name}-' + at);
       if ((await files.get('shared')) === null) throw new Error('lost');
     }`;
  const all = ['openai', 'gemini', 'watsonx'];
  const codes = await Promise.all(
    all.map(async (name) => {
      const run = spawn(process.execPath, ['--input-type=module', '-e', child(name)], {
        stdio: 'inherit',
        timeout: 50_000,
      });
      const [code] = await once(run, 'close');
      return code;
    }),
  );
  expect(codes).toEqual([0, 0, 0]);
  for (const name of all) expect(await files.get(name)).toBe(`${name}-19`);
  expect(await files.get('shared')).toMatch(/-19$/);
  expect(names()).toEqual([
    'gemini.sealed',
    'key',
    'openai.sealed',
    'shared.sealed',
    'watsonx.sealed',
  ]);
});
