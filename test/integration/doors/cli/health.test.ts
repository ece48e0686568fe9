import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { HealthView } from '#shared/health-view.ts';
import { hasModel } from '#test/support/model.ts';
import { omega } from '#test/support/omega-process.ts';
import { openApi } from '#test/support/open-api.ts';

/** What a trial of every part comes to here. */
const whole = hasModel ? { code: 0, state: 'running' } : { code: 1, state: 'degraded' };

describe('omega health', () => {
  it("has the running app's own word, and an exit code of this process alone", async () => {
    // No disk has that much room: the app keeps nothing more, and says so.
    const env = {
      OMEGA_RESOURCES_MIN_FREE_DISK_MB: '1000000',
      OMEGA_HEALTH_MONITOR_CHECK_INTERVAL_SECS: '0.1',
    };
    const app = await openApi({ door: 'web', env });
    const looking = await openApi({ dataFolder: app.dataFolder, env: {} });
    const told = async () => (await looking.call('health.get', {})).instances;
    await expect.poll(told, { timeout: 20_000 }).toMatchObject([{ state: 'degraded' }]);
    const said = await omega(app.dataFolder, ['health', '--json']);
    const health = JSON.parse(said.stdout) as HealthView;
    expect(health.state).toBe(whole.state);
    expect(said.code).toBe(whole.code);
    expect(health.instances).toMatchObject([
      {
        door: 'web',
        pid: process.pid,
        state: 'degraded',
        degradations: ['machine', 'memory', 'agentdb', 'loops', 'meta-sona'].map((subsystem) => ({
          level: 'read-only',
          subsystem,
        })),
      },
    ]);
    const { stdout } = await omega(app.dataFolder, ['health']);
    expect(stdout).toMatch(new RegExp(`^The runtime is ${whole.state}\\.$`, 'm'));
    expect(stdout).toMatch(
      new RegExp(`^The web app, process ${process.pid}, as of .*, is degraded\\.$`, 'm'),
    );
    expect(stdout).toMatch(/is read-only: /);
    // Another version of the app may tell what this one cannot read.
    const db = new Sqlite(join(app.dataFolder, 'omega.db'));
    for (const text of ['{"state":"splendid"}', 'no JSON', null]) {
      db.prepare('UPDATE telemetry SET health = ?').run(text);
      expect(await told()).toEqual([]);
    }
    db.close();
    await app.api.dispose();
    expect(await told()).toEqual([]);
  }, 120_000);
});
