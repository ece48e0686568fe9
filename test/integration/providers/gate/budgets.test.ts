import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openGate } from '#test/support/open-gate.ts';
import { answersAfter, fault, ScriptedProvider } from '#test/support/scripted-provider.ts';

/** Each answer costs three cents and 30 tokens; a first request may cost up to about ten cents. */
const price = 0.03;
const provider = () => new ScriptedProvider('ollama', answersAfter(10));
const codes = (calls: readonly Promise<unknown>[]) =>
  Promise.all(
    calls.map((call) =>
      call.then(
        () => 'ok',
        (error: { code: string }) => error.code,
      ),
    ),
  );

describe('the budget of a run', () => {
  it('ends it with what was spent and the limit, whatever is asked at once', async () => {
    const ollama = provider();
    const { ask, budgets } = openGate([ollama], {
      'async.concurrency': 10,
      'budget.runUsd': 0.3,
    });
    const came = await codes(Array.from({ length: 50 }, (_, at) => ask(`${at}`, { runId: 'run' })));
    expect(new Set(came)).toEqual(new Set(['ok', 'REFUSED']));
    const { usd, tokens } = budgets.spent('run');
    expect(usd).toBeCloseTo(ollama.served.length * price);
    expect(tokens).toBe(ollama.served.length * 30);
    // All of it, and no more than the last call over it, however many waited.
    expect(usd).toBeGreaterThanOrEqual(0.3 - 1e-9);
    expect(usd).toBeLessThanOrEqual(0.3 + price + 1e-9);
    const refused = ask('more', { runId: 'run' });
    await expect(refused).rejects.toMatchObject({
      retryable: false,
      details: { budget: { unit: 'usd', limit: 0.3, spent: usd } },
    });
  });

  it('holds for that run alone, and not for what is cached', async () => {
    const { ask } = openGate([provider()], { 'budget.runTokens': 30 });
    await ask('a', { runId: 'one' });
    expect(await codes([ask('b', { runId: 'one' })])).toEqual(['REFUSED']);
    expect((await ask('a', { runId: 'one' })).cached).toBe(true);
    expect(await codes([ask('b', { runId: 'two' }), ask('c')])).toEqual(['ok', 'ok']);
  });

  it('is not that of another who waits for the same call', async () => {
    const ollama = provider();
    const { ask, budgets } = openGate([ollama]);
    budgets.begin('poor', { usd: 0.01, spentUsd: 0.02 });
    const both = [ask('same', { runId: 'poor' }), ask('same', { runId: 'rich' })];
    expect(await codes(both)).toEqual(['REFUSED', 'ok']);
    expect(budgets.spent('rich').usd).toBeCloseTo(price);
  });

  it('of the run itself goes before the setting, counts what an earlier life spent, and can be raised', async () => {
    const { ask, budgets } = openGate([provider()], { 'budget.runUsd': 0.01 });
    budgets.begin('run', { usd: 0.05, spentUsd: 0.04, spentTokens: 40 });
    await ask('a', { runId: 'run' });
    expect(budgets.spent('run')).toEqual({ usd: expect.closeTo(0.07), tokens: 70 });
    expect(await codes([ask('b', { runId: 'run' })])).toEqual(['REFUSED']);
    budgets.begin('run', { usd: 1 });
    expect(budgets.spent('run').tokens).toBe(70);
    expect(await codes([ask('b', { runId: 'run' })])).toEqual(['ok']);
  });

  it('gives back what a call did not take that failed or was cancelled', async () => {
    const ollama = new ScriptedProvider('ollama', () => {
      throw fault();
    });
    const { ask, budgets } = openGate([ollama], {
      'budget.runUsd': 0.05,
      'retryPolicy.maxRetries': 0,
    });
    expect(await codes([ask('a', { runId: 'run' })])).toEqual(['UNAVAILABLE']);
    ollama.script = answersAfter(1_000);
    const leaving = new AbortController();
    const cancelledOnes = ['b', 'c'].map((name) =>
      ask(name, { runId: 'run', signal: leaving.signal }),
    );
    await wait(20);
    leaving.abort();
    expect(await codes(cancelledOnes)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(budgets.spent('run')).toEqual({ usd: 0, tokens: 0 });
    ollama.script = answersAfter(1);
    expect(await codes([ask('d', { runId: 'run' })])).toEqual(['ok']);
  });
});
