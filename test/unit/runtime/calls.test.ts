import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { fixed } from '#main/core/live.ts';
import type { GuardPolicy } from '#main/core/resilience/guard-policy.ts';
import { Calls } from '#main/runtime/calls.ts';
import { consequences } from '#main/runtime/consequences.ts';
import { operations } from '#main/runtime/operations.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { RuntimeState } from '#shared/runtime.ts';
import { defaultGuardPolicy } from '#test/support/guard-policy.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const { storeMemory, queryMemories } = operations;

function calls(change: Partial<GuardPolicy> = {}) {
  const events: RuntimeEvent[] = [];
  const recorded: [string, boolean][] = [];
  const failures: unknown[] = [];
  const at: { state: RuntimeState } = { state: 'running' };
  const board = new DegradationBoard({
    consequences,
    onEnter: () => undefined,
    onLeave: () => undefined,
  });
  const policy = fixed({ ...defaultGuardPolicy, ...change });
  const one = new Calls({
    needs: [],
    policies: { memory: policy, agentdb: policy, loops: policy, 'meta-sona': policy },
    board,
    state: () => at.state,
    record: (name, _ms, failed) => recorded.push([name, failed]),
    failed: (error) => failures.push(error),
    emit: (event) => events.push(event),
  });
  one.start();
  return { one, events, recorded, failures, at, board };
}

const code = (code: string) => expect.objectContaining({ code });

describe('calls to the runtime', () => {
  it('are refused while it is not up, before anything is tried', async () => {
    const { one, at, recorded } = calls();
    const task = vi.fn();
    for (at.state of ['created', 'starting', 'stopping', 'stopped', 'error'] as const) {
      await expect(one.run(storeMemory, task, undefined)).rejects.toEqual(code('NOT_RUNNING'));
    }
    expect([task.mock.calls.length, recorded.length]).toEqual([0, 0]);
    at.state = 'degraded';
    expect(await one.run(queryMemories, () => 'found', undefined)).toBe('found');
  });

  it('write nothing while the store is read only, and go on reading', async () => {
    const { one, board } = calls();
    board.enter('storage', 'read-only', 'The disk is full.');
    const task = vi.fn(() => 'done');
    const refused = one.run(storeMemory, task, undefined);
    await expect(refused).rejects.toEqual(code('SUBSYSTEM_DEGRADED'));
    await expect(refused).rejects.toThrow('The disk is full.');
    expect(task).not.toHaveBeenCalled();
    expect(await one.run(queryMemories, task, undefined)).toBe('done');
    board.leave('storage', 'read-only');
    expect(await one.run(storeMemory, task, undefined)).toBe('done');
  });

  it('are counted, and tell what failed for good but not what was asked wrongly', async () => {
    const { one, events, recorded, failures } = calls();
    await one.run(queryMemories, () => 1, undefined);
    const wrong = new OmegaError('INVALID_INPUT', 'No.');
    const fails = (error: unknown) =>
      one.run(
        storeMemory,
        () => {
          throw error;
        },
        undefined,
      );
    await expect(fails(wrong)).rejects.toBe(wrong);
    const full = Object.assign(new Error('full'), { code: 'SQLITE_IOERR' });
    await expect(fails(full)).rejects.toEqual(code('INTERNAL'));
    expect(failures).toEqual([wrong, full]);
    expect(recorded).toEqual([
      ['queryMemories', false],
      ['storeMemory', true],
      ['storeMemory', true],
    ]);
    expect(events).toEqual([
      expect.objectContaining({ type: 'error', component: 'memory', code: 'INTERNAL' }),
    ]);
  });

  it('rest when one part keeps failing, while the other goes on', async () => {
    const { one, events } = calls({ retry: { ...defaultGuardPolicy.retry, maxRetries: 0 } });
    const broken = () => {
      throw new OmegaError('INTERNAL', 'Broken.');
    };
    for (let count = 0; count < 20; count += 1) {
      await one.run(queryMemories, broken, undefined).catch(() => undefined);
    }
    const task = vi.fn();
    await expect(one.run(queryMemories, task, undefined)).rejects.toEqual(code('CIRCUIT_OPEN'));
    expect(task).not.toHaveBeenCalled();
    expect(await one.run(operations.getVector, () => 'there', undefined)).toBe('there');
    expect(events).toContainEqual({ type: 'breaker.changed', subsystem: 'memory', state: 'open' });
    expect(one.check()).toMatchObject({ status: 'degraded' });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await one.run(queryMemories, () => 'back', undefined)).toBe('back');
  });

  it('end before the parts stop, and are cancelled when their time is over', async () => {
    const { one } = calls();
    let finish = (): void => undefined;
    const quick = one.run(
      queryMemories,
      () => new Promise<void>((end) => (finish = end)),
      undefined,
    );
    const stuck = one.run(
      queryMemories,
      (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      undefined,
    );
    const rejected = expect(stuck).rejects.toEqual(code('CANCELLED'));
    const limit = new AbortController();
    let stopped = false;
    const stopping = one.stop(limit.signal).then(() => {
      stopped = true;
    });
    finish();
    await quick;
    await vi.advanceTimersByTimeAsync(10);
    expect(stopped).toBe(false);
    limit.abort();
    await rejected;
    await stopping;
    expect(stopped).toBe(true);
  });
});
