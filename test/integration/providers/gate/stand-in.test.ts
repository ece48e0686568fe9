import { describe, expect, it } from 'vitest';
import { JobMeter, metered } from '#main/providers/gate/job-meter.ts';
import { modelProviders } from '#shared/providers.ts';
import {
  answersPerSecond,
  busyMs,
  durations,
  mostAtOnce,
  percentileOf,
  tally,
} from '#test/stand-ins/log-figures.ts';
import { logNow } from '#test/stand-ins/request-log.ts';
import { providersOn, requestTo } from '#test/support/live-providers.ts';
import { openGateTo, plain } from '#test/support/open-gate.ts';

const many = <T>(count: number, one: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => one(at)));

describe('the gate in front of the real protocols', () => {
  it('says in mid-run and at the end what the log of the server says', async () => {
    const { standIn, providers } = await providersOn({ latencyMs: 150 });
    const { gate, record } = openGateTo(providers, { 'async.concurrency': 10 });
    const ask = async (at: number) => {
      const clock = record.beginJobs();
      const request = requestTo(standIn, 'openai', { prompt: `job ${at}` });
      await metered(new JobMeter(clock), () => gate.call(request, plain()));
      clock.end();
    };
    // Opens the SDK and the connections, which the first call waits for.
    await many(10, (at) => ask(-1 - at));
    const [before, began] = [record.figures(), logNow()];
    standIn.log.clear();
    const running = many(100, ask);
    for (const wanted of [30, 60, 90]) {
      await standIn.log.until(() => tally(standIn.log.calls).answered >= wanted);
      const figures = record.figures();
      const logged = tally(standIn.log.calls);
      // What the server has written may still be on its way to the one who counts it.
      expect(logged.answered - (figures.calls - before.calls)).toBeLessThanOrEqual(10);
      expect(figures.inFlight).toBeLessThanOrEqual(10);
    }
    await running;
    const figures = record.figures();
    const logged = tally(standIn.log.calls);
    expect(figures.calls - before.calls).toBe(logged.answered);
    expect(figures.inputTokens - before.inputTokens).toBe(logged.inputTokens);
    expect(figures.outputTokens - before.outputTokens).toBe(logged.outputTokens);
    expect(mostAtOnce(standIn.log.calls)).toBe(10);
    // Server and client share this process here: what the client sees comes after all the rest.
    const p50 = percentileOf(durations(standIn.log.calls), 0.5) ?? Number.NaN;
    expect(figures.p50Ms).toBeGreaterThan(p50 * 0.98);
    expect(figures.p50Ms).toBeLessThan(p50 * 1.5);
    const perSecond = answersPerSecond(standIn.log.calls, logNow() - 10_000, logNow());
    expect((figures.perSecond - before.perSecond) / perSecond).toBeCloseTo(1, 1);
    // One job is one call here: all hundred begin at once, and ninety wait for their turn first.
    const wall = busyMs(standIn.log.calls);
    const alone = durations(standIn.log.calls).reduce((sum, ms) => sum + ms, 0);
    const syncMs = figures.syncMs - before.syncMs;
    expect(syncMs).toBeGreaterThan(alone * 0.98);
    expect(syncMs).toBeLessThan(alone * 1.5);
    expect(syncMs - (figures.savedMs - before.savedMs)).toBeGreaterThan(wall);
    expect(logNow() - began).toBeGreaterThan(wall);
  });

  it.each(modelProviders)('comes through the faults of %s, each answer once', async (provider) => {
    const { standIn, providers, settings } = await providersOn({
      latencyMs: 20,
      faults: {
        shares: [
          { share: 0.1, fault: { kind: 'rate-limit', retryAfterMs: 20, as: 'ms-header' } },
          { share: 0.1, fault: { kind: 'status', status: 500 } },
          { share: 0.1, fault: { kind: 'cut', afterBytes: 10 } },
        ],
      },
    });
    settings.set({ watsonxProject: 'a-project' });
    const { gate, record } = openGateTo(providers, {
      'async.concurrency': 8,
      'retryPolicy.maxRetries': 6,
    });
    const answers = await many(40, (at) => {
      let heard = '';
      return gate
        .call(requestTo(standIn, provider, { prompt: `job ${at}` }), {
          ...plain(),
          onText: (piece) => {
            heard += piece;
          },
          onRestart: () => {
            heard = '';
          },
        })
        .then((answer) => ({ answer, heard }));
    });
    for (const { answer, heard } of answers) expect(heard).toBe(answer.text);
    const logged = tally(standIn.log.calls);
    const figures = record.figures();
    expect(figures).toMatchObject({ calls: 40, failed: 0, inFlight: 0, queued: 0 });
    expect(logged.answered).toBe(40);
    expect(figures.rateLimited).toBe(logged.rateLimited);
    expect(figures.retries).toBe(standIn.log.calls.length - 40);
    expect(figures.retries).toBeGreaterThan(3);
  });

  it('goes to the next provider with its own model where one is down, and keeps to a server that takes few', async () => {
    const { standIn, providers } = await providersOn({
      latencyMs: 20,
      capacity: 3,
      capacityRetryAfterMs: 20,
      keys: { openai: 'another key' },
    });
    const { gate, record } = openGateTo(providers, {
      'async.concurrency': 16,
      'retryPolicy.maxRetries': 20,
      'retryPolicy.maxDelayMs': 100,
    });
    const options = { ...plain(), fallbacks: ['ollama'] as const };
    const answers = await many(60, (at) =>
      gate.call(requestTo(standIn, 'openai', { prompt: `job ${at}` }), options),
    );
    expect(new Set(answers.map(({ provider, model }) => `${provider} ${model}`))).toEqual(
      new Set([`ollama ${standIn.behaviour.models.ollama[0]}`]),
    );
    expect(record.figures()).toMatchObject({ calls: 60, failed: 0 });
  });

  it('closes the connection of a call that is cancelled', async () => {
    const { standIn, providers } = await providersOn({ latencyMs: 5_000 });
    const { gate } = openGateTo(providers);
    const leaving = new AbortController();
    const call = gate.call(requestTo(standIn, 'ollama'), { ...plain(), signal: leaving.signal });
    await standIn.log.until((entries) => entries.length > 0);
    leaving.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    await standIn.log.until((entries) => entries[0]?.outcome === 'aborted');
  });
});
