import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import { redAndBlue, spawnImages } from '#test/support/images.ts';
import { logLines } from '#test/support/log-lines.ts';
import { computeEntry } from '#test/support/model.ts';
import { openApi } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const env = { OMEGA_LOG_LEVEL: 'debug' };

describe('a trace', () => {
  it('goes from a route into compute processes and back into the log', async () => {
    const acceleration = { spawn: forkCompute(computeEntry), modelsFolder: tempFolder() };
    const { call, dataFolder } = await openApi({ acceleration, env });
    await call('devices.list', {});
    const lines = logLines(dataFolder);
    const route = lines.find(({ msg }) => msg === 'devices.list answered');
    expect(route).toMatchObject({ route: 'devices.list', outcome: 'ok', pid: process.pid });
    expect(route?.trace).toMatch(/^[0-9a-f]{32}$/);
    // There is no model in that folder, so the child that tried the CPU says that it failed.
    const child = lines.find(({ msg, part }) => part === 'compute' && msg.startsWith('embedding'));
    expect(child).toMatchObject({ trace: route?.trace, texts: 1, child: expect.any(Number) });
    expect(child?.child).not.toBe(process.pid);
  });

  it('is one for each call, also of those that wait for the same processes', async () => {
    const { call, dataFolder } = await openApi({ images: { spawn: spawnImages }, env });
    const root = tempFolder();
    const paths = ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'];
    for (const [index, path] of paths.entries()) {
      writeFileSync(
        join(root, path),
        await redAndBlue(60 + index, 40)
          .png()
          .toBuffer(),
      );
    }
    await Promise.all(paths.map((path) => call('image.thumbnail', { root, path })));
    const lines = logLines(dataFolder);
    const traces = (wanted: string) =>
      lines.filter(({ msg }) => msg === wanted).map(({ trace }) => trace);
    const routes = traces('image.thumbnail answered');
    expect(new Set(routes).size).toBe(paths.length);
    expect(traces('image done').toSorted()).toEqual(routes.toSorted());
  });

  it('is that of the door where it gave one', async () => {
    const { call, dataFolder } = await openApi({ env });
    const given = await withTrace(null, async () => {
      await call('app.info', {});
      await call('project.list', {});
      return currentTrace();
    });
    const lines = logLines(dataFolder).filter(({ trace }) => trace === given);
    expect(lines.map(({ msg }) => msg)).toEqual(['app.info answered', 'project.list answered']);
  });

  it('is named by an error that is our fault, under which the log has its cause', async () => {
    const scan = () => Promise.reject(new Error('the disk said token=hunter2'));
    const { api, dataFolder } = await openApi({ ports: { ...smallPorts, scan } });
    const result = await api.call('scan.run', { root: '/shop' });
    const error = result.ok ? null : result.error;
    expect(error).toMatchObject({ code: 'INTERNAL', details: { trace: expect.any(String) } });
    expect(error?.message).toContain(`omega logs --trace ${error?.details?.trace}`);
    const cause = logLines(dataFolder).find(({ level }) => level === 50);
    expect(cause).toMatchObject({ trace: error?.details?.trace, route: 'scan.run' });
    expect(JSON.stringify(cause)).toContain('the disk said token=[redacted]');
    const refused = await api.call('scan.run', { root: '' });
    expect(JSON.stringify(refused)).not.toContain('trace');
  });
});

describe('the log', () => {
  it('has a line for each call once its level is debug, without a restart', async () => {
    const { call, api, dataFolder } = await openApi({ env: {} });
    await call('app.info', {});
    expect(logLines(dataFolder)).toEqual([]);
    await call('config.set', { 'log.level': 'debug' });
    await call('app.info', {});
    await api.call('no.such"route', {});
    const msgs = logLines(dataFolder).map(({ msg }) => msg);
    expect(msgs).toContain('app.info answered');
    expect(msgs.at(-1)).toMatch(/^unknown failed: There is no route/);
  });
});
