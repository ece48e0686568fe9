import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogger } from '#main/core/logger.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('the log', () => {
  it('holds no value of a secret key, at the top or one below', async () => {
    const folder = tempFolder();
    const { logger, resource } = openLogger(folder);
    logger.info({ token: 'hunter2', headers: { authorization: 'hunter2' }, path: '/a' }, 'called');
    await resource.dispose();
    const text = readFileSync(join(folder, 'omega.log'), 'utf8');
    expect(text).toContain('"path":"/a"');
    expect(text).not.toContain('hunter2');
    expect(statSync(join(folder, 'omega.log')).mode & 0o077).toBe(0);
  });

  it('begins anew when it has grown large, and keeps the one before', async () => {
    const folder = tempFolder();
    const file = join(folder, 'omega.log');
    writeFileSync(file, 'x'.repeat(5_000_001));
    await openLogger(folder).resource.dispose();
    expect(statSync(file).size).toBe(0);
    expect(statSync(`${file}.1`).size).toBe(5_000_001);
  });
});
