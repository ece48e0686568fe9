import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { DeviceReport, DeviceTest } from '#shared/devices.ts';
import { cliEntry } from '#test/support/cli-entry.ts';
import { hasModel, needsModel } from '#test/support/model.ts';

async function omega(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const home = mkdtempSync(join(tmpdir(), 'omega-devices-'));
  try {
    const options = { env: { ...process.env, OMEGA_HOME: home, ...env } };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [cliEntry, ...args],
      options,
    );
    const report = JSON.parse(stdout) as DeviceReport & { readonly test: DeviceTest };
    return { report, stderr };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

describe.skipIf(!hasModel)(needsModel, () => {
  test('devices --self-test computes on the device that it names', async () => {
    const { report } = await omega(['devices', '--self-test', '--json'], { OMEGA_DEVICE: 'cpu' });
    expect(report.chosen).toBe('cpu');
    expect(report.reason).toContain('OMEGA_DEVICE');
    expect(report.test.devices).toEqual(['cpu']);
    expect(report.test.textsPerSecond).toBeGreaterThan(0);
    expect(report.route.cpu).toBeGreaterThan(0);
    expect(report.probes.find(({ device }) => device === 'cpu')?.opens).toBe(true);
  }, 60_000);

  test('a slot count that is no number is named, and not used', async () => {
    const env = { OMEGA_DEVICE: 'cpu', OMEGA_EMBED_GPU_SLOTS: 'many' };
    const { report, stderr } = await omega(['devices', '--json'], env);
    expect(stderr).toContain('OMEGA_EMBED_GPU_SLOTS cannot be used: it takes a whole number');
    expect(report.slots).toBe(2);
  }, 60_000);
});
