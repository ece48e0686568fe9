import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLogger } from '#main/core/logger.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import type { MetricsView } from '#shared/metrics.ts';
import { cliEntry } from '#test/support/cli-entry.ts';
import { openApi } from '#test/support/open-api.ts';
import { parsePrometheus } from '#test/support/prometheus.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** The command as a process of its own. */
function omega(home: string, args: readonly string[]) {
  const child = spawn(process.execPath, [cliEntry, ...args], {
    env: { ...process.env, OMEGA_HOME: home, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  return { child, output, ended };
}

const waiting = { timeout: 20_000, interval: 20 };

describe('omega logs', () => {
  it('follows the log across rolls, until it is told to stop', async () => {
    const home = tempFolder();
    const settings = { level: 'info', maxMb: 0.01, keep: 100 } as const;
    const { logger, resource } = openLogger(home, { door: 'web', settings });
    logger.info('before');
    const { child, output, ended } = omega(home, ['logs', '--follow', '--json']);
    const lines = () => output.stdout.split('\n').slice(0, -1);
    await expect.poll(lines, waiting).toHaveLength(1);
    for (let line = 0; line < 1_000; line += 1) logger.info({ line }, 'x'.repeat(60));
    await expect.poll(() => lines().length, waiting).toBe(1_001);
    const numbers = lines().map((line) => JSON.parse(line).line);
    expect(numbers).toEqual([undefined, ...Array.from({ length: 1_000 }, (_, line) => line)]);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    resource.dispose();
  });

  it('ends when nobody reads it any more', async () => {
    const home = tempFolder();
    const { logger, resource } = openLogger(home);
    logger.info('before');
    const { child, output } = omega(home, ['logs', '--follow']);
    await expect.poll(() => output.stdout, waiting).toContain('before');
    child.stdout.destroy();
    const timer = setInterval(() => logger.info('nobody reads this'), 50);
    const [code] = await once(child, 'exit');
    clearInterval(timer);
    resource.dispose();
    expect(code).toBe(0);
  });

  it('shows what is asked for, one line a record, where the store cannot be opened', async () => {
    const home = tempFolder();
    writeFileSync(join(home, 'omega.db'), 'no database');
    const { logger, resource } = openLogger(home, { door: 'web' });
    const trace = withTrace(null, () => {
      logger.info({ route: 'scan.run', nested: { ms: 5 } }, 'first\n\u001b[31mforged line');
      return currentTrace() ?? '';
    });
    logger.error({ err: Object.assign(new Error('x'), { code: 'EIO' }) }, 'second');
    logger.info('third');
    writeFileSync(join(home, 'omega.log'), 'no JSON\n', { flag: 'a' });
    resource.dispose();
    const shown = async (...args: string[]) => (await omega(home, ['logs', ...args]).ended).stdout;
    const all = await shown();
    expect(all.trimEnd().split('\n')).toHaveLength(3);
    expect(all).toContain(`web/${process.pid} first\\n\\x1b[31mforged line route=scan.run`);
    expect(all).toContain(`nested={"ms":5} trace=${trace}`);
    expect(all).toMatch(/error web\/\d+ second code=EIO/);
    expect(await shown('--lines', '1')).toMatch(/third\s*$/);
    expect(await shown('--lines', '1')).not.toContain('second');
    expect(await shown('--level', 'warn')).not.toMatch(/first|third/);
    const json = await shown('--trace', trace.slice(0, 8), '--json');
    expect(JSON.parse(json)).toMatchObject([{ trace, route: 'scan.run' }]);
    const wrong = await omega(home, ['logs', '--level', 'loud']).ended;
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('debug, info') });
    rmSync(home, { recursive: true });
    expect(await omega(home, ['logs']).ended).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('omega metrics', () => {
  it('shows what the running app counted, and says when none runs', async () => {
    const { api, call, dataFolder } = await openApi({ door: 'web' });
    for (let time = 0; time < 3; time += 1) await call('project.list', {});
    const view = async () =>
      JSON.parse((await omega(dataFolder, ['metrics', '--json']).ended).stdout) as MetricsView;
    const calls = async () => (await view()).instances[0]?.routes['project.list']?.calls;
    await expect.poll(calls, waiting).toBe(3);
    const { instances, routes } = await view();
    expect(instances).toMatchObject([
      { door: 'web', pid: process.pid, runtime: { memoryStores: 0, avgQueryLatencyMs: null } },
    ]);
    expect(instances[0]?.process.residentBytes).toBeGreaterThan(1e6);
    expect(routes['project.list']).toBeUndefined();
    const text = (await omega(dataFolder, ['metrics', '--prometheus']).ended).stdout;
    const samples = parsePrometheus(text);
    expect(samples.get('omega_route_seconds_count{route="project.list",outcome="ok"}')).toBe(3);
    for (const name of ['memory_stores', 'memory_queries', 'loop_cycles', 'vector_searches']) {
      expect(samples.get(`omega_${name}_total`), name).toBe(0);
    }
    const shown = (await omega(dataFolder, ['metrics']).ended).stdout;
    expect(shown).toContain(`The web app, process ${process.pid}`);
    expect(shown).toMatch(/project\.list +3 +0 .* ms/);
    await api.dispose();
    const alone = (await omega(dataFolder, ['metrics']).ended).stdout;
    expect(alone).toContain('No app runs on this data folder');
    expect(alone).not.toContain('project.list');
  }, 90_000);
});
