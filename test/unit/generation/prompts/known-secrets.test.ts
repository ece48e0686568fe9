import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knownSecrets, withoutSecrets } from '#main/generation/prompts/redact/known-secrets.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** A password that a source repeats as `exports.old = '…'` was sent: no rule knows it by its form. */
test('a secret of an env file is taken out wherever it stands', async () => {
  const root = tempFolder();
  mkdirSync(join(root, 'api'));
  writeFileSync(join(root, '.env'), 'PORT=3000\nDB_PASSWORD="Tr0ub4dor&3"\nAPI_TOKEN=\n');
  writeFileSync(join(root, 'api/.env.local'), "export SECRET_KEY='Tr0ub4dor&3-longer'\n");
  const secrets = await knownSecrets(root, ['.env', 'api/.env.local', 'none/.env', 'api/a.js']);
  expect(secrets.map(({ name, line }) => [name, line])).toEqual([
    ['SECRET_KEY', 1],
    ['DB_PASSWORD', 2],
  ]);
  const { text, found } = withoutSecrets(
    "old = 'Tr0ub4dor&3';\nkey = 'Tr0ub4dor&3-longer';\n3000",
    secrets,
  );
  expect(text).toBe("old = '[redacted]';\nkey = '[redacted]';\n3000");
  expect(found).toHaveLength(2);
});

test('what is no secret stays: examples, plain words, short values', async () => {
  const root = tempFolder();
  writeFileSync(join(root, '.env.example'), 'DB_PASSWORD=Tr0ub4dor&3\n');
  writeFileSync(join(root, '.env'), 'DB_PASSWORD=postgres\nAPI_TOKEN=abc1\nNAME=Tr0ub4dor&3\n');
  expect(await knownSecrets(root, ['.env.example', '.env'])).toEqual([]);
});
