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
  { restartable = true, now = Date.now }: { restartable?: boolean; now?: () => number } = {},
) {
  const subsystem = {
    name: 'store',
    needs: [],
    restartable,
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

  it('says of one that cannot be started again nothing but that it is unhealthy', async () => {
    const down = () => {
      throw new Error('down');
    };
    const { one, changes, recover, health } = monitor(down, fixed(settings), {
      restartable: false,
    });
    one.start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(recover).not.toHaveBeenCalled();
    expect(changes).toEqual(['unknown → degraded', 'degraded → unhealthy']);
    expect(health()?.uptimeSeconds).toBe(600);
  });

  it('does not wait for a trial that hangs when it ends, and blames nobody for it', async () => {
    let heard: AbortSignal | null = null;
    const { one, changes, health } = monitor((signal) => {
      heard = signal;
      return new Promise(() => undefined);
    });
    one.start();
    await vi.advanceTimersByTimeAsync(100);
    // Of real time nothing passes: it ends at once or never.
    await one.stop();
    expect((heard as AbortSignal | null)?.aborted).toBe(true);
    expect([changes, health()?.errorCount]).toEqual([[], 0]);
    one.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(health()?.errorCount).toBe(1);
  });

  it('starts again in every round what could not be started, as it serves nobody', async () => {
    const { one, recover } = monitor(() => {
      throw new Error('down');
    });
    recover.mockRejectedValueOnce(new Error('still')).mockRejectedValueOnce(new Error('still'));
    one.start();
    // Unhealthy at 20 s, first started again at 80 s.
    await vi.advanceTimersByTimeAsync(80_000);
    expect(recover).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(recover).toHaveBeenCalledTimes(3);
    // The third went well: it has its time again.
    await vi.advanceTimersByTimeAsync(50_000);
    expect(recover).toHaveBeenCalledTimes(3);
  });

  it('starts it again in time where the clock jumps back by years', async () => {
    let jump = 0;
    const check = () => {
      throw new Error('disk gone');
    };
    const { one, recover, health } = monitor(check, fixed(settings), {
      now: () => Date.now() - jump,
    });
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
