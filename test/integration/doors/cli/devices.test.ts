import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { DeviceReport, DeviceTest } from '#shared/devices.ts';
import { hasModel, needsModel } from '#test/support/model.ts';

const main = join(import.meta.dirname, '../../../../src/main/doors/cli/main.ts');

async function omega(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const home = mkdtempSync(join(tmpdir(), 'omega-devices-'));
  try {
    const options = { env: { ...process.env, OMEGA_HOME: home, ...env } };
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], options);
    return JSON.parse(stdout) as DeviceReport & { readonly test: DeviceTest };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

describe.skipIf(!hasModel)(needsModel, () => {
  test('devices --self-test computes on the device that it names', async () => {
    const report = await omega(['devices', '--self-test', '--json'], { OMEGA_DEVICE: 'cpu' });
    expect(report.chosen).toBe('cpu');
    expect(report.reason).toContain('OMEGA_DEVICE');
    expect(report.test.devices).toEqual(['cpu']);
    expect(report.test.textsPerSecond).toBeGreaterThan(0);
    expect(report.route.cpu).toBeGreaterThan(0);
    expect(report.probes.find(({ device }) => device === 'cpu')?.opens).toBe(true);
  });
});

test('a slot count that is no number is wrong usage, by name', async () => {
  const failed = omega(['devices', '--json'], { OMEGA_EMBED_GPU_SLOTS: 'many' });
  await expect(failed).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('OMEGA_EMBED_GPU_SLOTS'),
  });
});
