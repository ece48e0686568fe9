import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuilt } from '../../../scripts/lib/build.mjs';
import { isRecent } from '../../../scripts/lib/node-binary.mjs';
import { installedNode } from '../../../scripts/lib/packages.mjs';
import { readStamp, sourcesHash, writeStamp } from '../../../scripts/lib/stamp.mjs';
import { makeCheckout } from './checkout.ts';

let checkout: ReturnType<typeof makeCheckout>;
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => checkout.dispose());

test('nothing is to do right after set-up', () => {
  expect(installedNode(checkout.root)).toBe(process.execPath);
  expect(isBuilt(checkout.root)).toBe(true);
});

test('a lockfile that changed asks for an installation and a build', () => {
  appendFileSync(join(checkout.root, 'package-lock.json'), '\n');
  expect(installedNode(checkout.root)).toBeNull();
  expect(isBuilt(checkout.root)).toBe(false);
});

test('an edited, a new and a removed source each ask for a build', () => {
  const { root } = checkout;
  const before = sourcesHash(root);
  // Same size, other time: an edit that a size check alone would miss.
  utimesSync(join(root, 'src', 'a.ts'), 1, 1);
  const edited = sourcesHash(root);
  writeFileSync(join(root, 'src', 'b.ts'), '');
  const added = sourcesHash(root);
  rmSync(join(root, 'src', 'a.ts'));
  expect(new Set([before, edited, added, sourcesHash(root)]).size).toBe(4);
});

test('a build whose files are gone is no build, whatever the stamp says', () => {
  rmSync(join(checkout.root, 'out', 'main', 'cli.js'));
  expect(isBuilt(checkout.root)).toBe(false);
});

test('a damaged stamp counts as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'omega-stamp-'));
  const file = join(folder, 'deep', 'stamp');
  expect(readStamp(file)).toBeNull();
  writeStamp(file, { hash: 'x' });
  expect(readStamp(file)).toEqual({ hash: 'x' });
  for (const damage of ['', '{"hash":', 'null', '[1]', '"x"']) {
    writeFileSync(file, damage);
    expect(readStamp(file)).toBeNull();
  }
  rmSync(folder, { recursive: true });
});

test('versions compare by number, not by text', () => {
  expect(isRecent('22.18.0')).toBe(true);
  expect(isRecent('22.9.0')).toBe(false);
  expect(isRecent('24.0.0')).toBe(true);
  expect(isRecent('20.20.2')).toBe(false);
  expect(isRecent('100.0.0')).toBe(true);
});
