import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tempFolder } from '#test/support/temp-folder.ts';
import { ensureKeytar, isKeytarSettled } from '../../../scripts/lib/keytar.mjs';

const top = join(import.meta.dirname, '../../..');
const hasHeaders = existsSync('/usr/include/libsecret-1/libsecret/secret.h');

/** A checkout whose keytar was installed and not built, as `npm ci` leaves it. */
function checkout(): string {
  const root = tempFolder();
  const modules = join(root, 'node_modules');
  mkdirSync(modules);
  const built = join(top, 'node_modules/keytar/build');
  cpSync(join(top, 'node_modules/keytar'), join(modules, 'keytar'), {
    recursive: true,
    filter: (path) => path !== built,
  });
  symlinkSync(join(top, 'node_modules/node-addon-api'), join(modules, 'node-addon-api'));
  return root;
}

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(process.platform !== 'linux')('building keytar', { timeout: 120_000 }, () => {
  it('is settled where the package is not there: it is optional', async () => {
    const root = tempFolder();
    expect(isKeytarSettled(root, true)).toBe(true);
    expect(await ensureKeytar(root, process.execPath)).toBeNull();
  });

  it('fails nothing where a compiler or libsecret is missing, and names the one command', async () => {
    const root = checkout();
    vi.stubEnv('PATH', tempFolder());
    expect(await ensureKeytar(root, process.execPath)).toMatch(/apt-get install .*libsecret-1-dev/);
    expect(isKeytarSettled(root, false)).toBe(true);
    // Whoever sets up by hand may have it installed.
    expect(isKeytarSettled(root, true)).toBe(false);
  });

  it.skipIf(!hasHeaders)('makes a library that loads, once', async () => {
    const root = checkout();
    expect(isKeytarSettled(root, false)).toBe(false);
    expect(await ensureKeytar(root, process.execPath)).toBeNull();
    expect(isKeytarSettled(root, true)).toBe(true);
    const keytar = createRequire(join(root, 'package.json'))('keytar');
    expect(typeof keytar.getPassword).toBe('function');
  });
});
