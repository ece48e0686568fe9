import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { HealthMonitor, type HealthSettings } from '#main/core/health/health-monitor.ts';
import { healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { fixed, type Live } from '#main/core/live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settings: HealthSettings = {
  enabled: true,
  checkIntervalSecs: 10,
  checkTimeoutSecs: 1,
  failureThreshold: 3,
  recoveryTimeoutSecs: 60,
};

function monitor(
  check: Subsystem['check'],
  live: Live<HealthSettings> = fixed(settings),
  now: () => number = Date.now,
) {
  const subsystem = {
    name: 'store',
    needs: [],
    restartable: true,
    start: () => undefined,
    stop: () => undefined,
  };
  const changes: string[] = [];
  const recover = vi.fn(async () => undefined);
  const one = new HealthMonitor([{ ...subsystem, check }], {
    settings: live,
    onChange: ({ status }, previous) => changes.push(`${previous} → ${status}`),
    recover,
    clock: { now },
  });
  onTestFinished(() => one.dispose());
  return { one, changes, recover, health: () => one.view()[0] };
}

describe('a health monitor', () => {
  it('knows nothing before the first trial, and tries at once', async () => {
    const { one, health } = monitor(() => healthy);
    expect(health()).toMatchObject({ status: 'unknown', lastCheck: null });
    one.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(health()).toMatchObject({ status: 'healthy', reason: null, errorCount: 0 });
    await vi.advanceTimersByTimeAsync(25_000);
    expect(health()?.history).toHaveLength(3);
    expect(health()?.uptimeSeconds).toBe(25);
  });

  it('goes through degraded to unhealthy, starts it again in time, and sees it recover', async () => {
    let down = true;
    const { one, changes, recover, health } = monitor(() => {
      if (down) throw new Error('disk gone');
      return healthy;
    });
    one.start();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(health()).toMatchObject({ status: 'unhealthy', reason: 'disk gone', errorCount: 3 });
    expect(recover).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(recover.mock.calls).toEqual([['store']]);
    down = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(health()).toMatchObject({ status: 'healthy', reason: null });
    expect(changes.slice(0, 2)).toEqual(['unknown → degraded', 'degraded → unhealthy']);
    expect(changes.at(-1)).toBe('degraded → healthy');
  });

  it('starts it again in time where the clock jumps back by years', async () => {
    let jump = 0;
    const check = () => {
      throw new Error('disk gone');
    };
    const { one, recover, health } = monitor(check, fixed(settings), () => Date.now() - jump);
    one.start();
    await vi.advanceTimersByTimeAsync(30_000);
    jump = 10 * 365 * 86_400_000;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(recover).toHaveBeenCalled();
    expect(health()?.uptimeSeconds).toBeGreaterThanOrEqual(0);
  });

  it('does not call healthy what fails every other time', async () => {
    let count = 0;
    const { one, health } = monitor(() => {
      count += 1;
      if (count % 2 === 0) throw new Error('flaky');
      return healthy;
    });
    one.start();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(health()?.status).toBe('degraded');
  });

  it('gives a trial its time', async () => {
    const { one, health } = monitor(() => new Promise(() => undefined));
    one.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(health()?.reason).toBe('Trying store took longer than 1000 ms; try again.');
  });

  it('takes up a new interval and a new threshold at once', async () => {
    let current = settings;
    let tell = (): void => undefined;
    const live: Live<HealthSettings> = {
      get current() {
        return current;
      },
      listen: (listener) => {
        tell = () => listener(current, settings);
        return () => undefined;
      },
    };
    const { one, health } = monitor(() => {
      throw new Error('down');
    }, live);
    one.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(health()?.status).toBe('degraded');
    current = { ...settings, checkIntervalSecs: 1, failureThreshold: 2 };
    tell();
    await vi.advanceTimersByTimeAsync(1000);
    expect(health()?.status).toBe('unhealthy');
  });

  it('leaves asleep what nothing needed yet, unless it is asked to wake it', async () => {
    const { one, health } = monitor((_signal, wake) =>
      wake ? healthy : { status: 'idle', reason: 'Nothing needed it.' },
    );
    one.start();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(health()).toMatchObject({ status: 'unknown', reason: 'Nothing needed it.' });
    await one.checkNow({ wake: true });
    expect(health()).toMatchObject({ status: 'healthy', reason: null });
  });

  it('calls degraded what works with less, and says with what', async () => {
    let lacking = true;
    const { one, health } = monitor(() =>
      lacking ? { status: 'degraded', reason: 'No index.' } : healthy,
    );
    await one.checkNow();
    expect(health()).toMatchObject({ status: 'degraded', reason: 'No index.', errorCount: 0 });
    lacking = false;
    await one.checkNow();
    expect(health()?.status).toBe('healthy');
  });

  it('tries nothing by itself while it is switched off', async () => {
    const { one, health } = monitor(() => healthy, fixed({ ...settings, enabled: false }));
    one.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(health()?.lastCheck).toBeNull();
    await one.checkNow();
    expect(health()?.status).toBe('healthy');
  });
});
