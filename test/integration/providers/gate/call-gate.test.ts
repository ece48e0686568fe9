import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { openGate } from '#test/support/open-gate.ts';
import { answersAfter, fault, ScriptedProvider, tooMany } from '#test/support/scripted-provider.ts';
import { seeded } from '#test/support/seeded.ts';

const always = (error: unknown) => () => {
  throw error;
};
const many = <T>(count: number, one: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => one(at)));

describe('calls at once', () => {
  it('are one where async is off, as many as are set where it is on, changed while they wait', async () => {
    const ollama = new ScriptedProvider('ollama', answersAfter(20));
    const { ask, set, record } = openGate([ollama], { 'async.enabled': false });
    await many(4, (at) => ask(`sync ${at}`));
    expect(ollama.most).toBe(1);
    expect(record.figures()).toMatchObject({ mode: 'sync', limit: 1 });
    set({ 'async.enabled': true, 'async.concurrency': 3 });
    const running = many(20, (at) => ask(`async ${at}`));
    await wait(30);
    expect(ollama.most).toBe(3);
    expect(record.figures()).toMatchObject({
      mode: 'async',
      inFlight: 3,
      limit: 3,
      slow: ['limit'],
    });
    set({ 'async.concurrency': 8 });
    await running;
    expect(ollama.most).toBe(8);
    expect(record.figures()).toMatchObject({ inFlight: 0, queued: 0, calls: 24 });
  });

  it('share turns between projects, and let the higher priority pass', async () => {
    const ollama = new ScriptedProvider('ollama', answersAfter(5));
    const { ask } = openGate([ollama], { 'async.concurrency': 1 });
    const calls = [
      ...['a1', 'a2', 'a3'].map((name) => ask(name, { project: '/a' })),
      ...['b1', 'b2'].map((name) => ask(name, { project: '/b' })),
      ask('urgent', { project: '/a', priority: 1 }),
    ];
    await Promise.all(calls);
    const order = ollama.served.map(({ request }) => request.prompt);
    expect(order.slice(1)).toEqual(['urgent', 'a2', 'b1', 'a3', 'b2']);
  });
});

describe('a provider that refuses for now', () => {
  it('rests for what it asks, nobody is sent there meanwhile, and each call is answered in the end', async () => {
    let told = 0;
    const ollama = new ScriptedProvider('ollama', (request, options, before) => {
      if (before !== 2) return answersAfter(5)(request, options, before);
      told = performance.now();
      throw tooMany(1_000);
    });
    const { ask, record } = openGate([ollama], {
      'async.concurrency': 2,
      'retryPolicy.maxDelayMs': 2_000,
    });
    await many(8, (at) => ask(`${at}`));
    const after429 = ollama.served.slice(3).map(({ began }) => began - told);
    // One may have been on its way.
    expect(after429.filter((ms) => ms < 995).length).toBeLessThanOrEqual(1);
    expect(ollama.served).toHaveLength(9);
    expect(record.figures()).toMatchObject({ calls: 8, failed: 0, rateLimited: 1, retries: 1 });
    expect(record.figures().slow).toContain('rate-limited');
  });

  it('rests no longer than it asks, also where the one who was refused has left', async () => {
    const ollama = new ScriptedProvider('ollama', (request, options, before) => {
      if (before === 0) throw tooMany(1_000);
      return answersAfter(1)(request, options, before);
    });
    const { ask } = openGate([ollama], { 'async.concurrency': 1, 'retryPolicy.maxDelayMs': 5_000 });
    const leaving = new AbortController();
    const refused = ask('refused', { signal: leaving.signal });
    const waiting = ask('waiting');
    await wait(50);
    leaving.abort();
    await expect(refused).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await waiting).text).toBe('answer');
    expect(ollama.served).toHaveLength(2);
  });

  it('that asks for an hour is not waited for: the next one is asked, or it is said for how long', async () => {
    const ollama = new ScriptedProvider('ollama', always(tooMany(3_600_000)));
    const openai = new ScriptedProvider('openai', answersAfter(5));
    const { ask, set } = openGate([ollama, openai]);
    set({ 'retryPolicy.maxDelayMs': 50 });
    const answer = await ask('a', { fallbacks: ['openai'] });
    expect(answer).toMatchObject({ provider: 'openai', model: 'openai-model' });
    const before = ollama.served.length;
    await expect(ask('b')).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      retryable: true,
      details: { provider: 'ollama', retryAfterMs: expect.any(Number) },
    });
    expect(ollama.served).toHaveLength(before);
  });

  it('is asked less at once than is allowed, and as much again when it takes it', async () => {
    let takes = 4;
    const ollama = new ScriptedProvider('ollama', (request, options, before) => {
      if (ollama.running > takes) throw tooMany();
      return answersAfter(10)(request, options, before);
    });
    const { ask, record } = openGate([ollama], {
      'async.concurrency': 16,
      'retryPolicy.maxRetries': 20,
      'retryPolicy.maxDelayMs': 20,
    });
    await many(150, (at) => ask(`few ${at}`));
    expect(record.figures().allowed).toBeLessThanOrEqual(6);
    const refused = record.figures().rateLimited;
    takes = 100;
    await many(400, (at) => ask(`more ${at}`));
    expect(record.figures()).toMatchObject({ allowed: 16, rateLimited: refused, failed: 0 });
  });
});

describe('a provider that fails', () => {
  it('is asked again as often as is set, and no more', async () => {
    const ollama = new ScriptedProvider('ollama', always(fault()));
    const { ask, set } = openGate([ollama], { 'retryPolicy.maxRetries': 2 });
    await expect(ask('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ollama.served).toHaveLength(3);
    set({ 'retryPolicy.maxRetries': 0 });
    await expect(ask('b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ollama.served).toHaveLength(4);
  });

  it.each([
    ['UNAVAILABLE', true],
    ['TIMEOUT', true],
    ['UNAUTHORIZED', true],
    ['INVALID_INPUT', false],
    ['NOT_FOUND', false],
    ['REFUSED', false],
  ] as const)('with %s: the next one is asked: %s', async (code, moves) => {
    const ollama = new ScriptedProvider('ollama', always(new OmegaError(code, 'No.')));
    const openai = new ScriptedProvider('openai', answersAfter(1, 'from openai'));
    const { ask, cache } = openGate([ollama, openai]);
    const call = ask('a', { fallbacks: ['openai'] });
    if (!moves) {
      await expect(call).rejects.toMatchObject({ code });
      expect(openai.served).toHaveLength(0);
      return;
    }
    expect(await call).toMatchObject({ text: 'from openai', provider: 'openai', attempts: 2 });
    expect(openai.served[0]?.request.model).toBe('openai-model');
    // The answer is kept for the request that it answers, not for that of the one that failed.
    expect(await cache.stats()).toMatchObject({ entries: 1 });
    ollama.script = answersAfter(1, 'from ollama');
    expect((await ask('a')).text).toBe('from ollama');
    expect(await cache.clear({ provider: 'openai' })).toBe(1);
  });

  it('takes too long: the call ends, its place is free, also where the provider does not listen', async () => {
    const ollama = new ScriptedProvider('ollama', () => new Promise<string>(() => undefined));
    const { ask, record } = openGate([ollama], { 'async.timeoutSecs': 0.1 });
    await expect(ask('a')).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(ollama.served).toHaveLength(1);
    expect(record.figures()).toMatchObject({ inFlight: 0, failed: 1 });
  });

  it('ends a call that is cancelled, wherever it is, and counts no failure', async () => {
    const ollama = new ScriptedProvider('ollama', answersAfter(10_000));
    const { ask, record } = openGate([ollama], { 'async.concurrency': 1 });
    const leaving = new AbortController();
    const calls = ['sent', 'waiting'].map((name) => ask(name, { signal: leaving.signal }));
    await wait(20);
    leaving.abort();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(record.figures()).toMatchObject({ inFlight: 0, queued: 0, failed: 0, calls: 0 });
    // In the wait before a retry too.
    ollama.script = always(tooMany(400));
    const retrying = new AbortController();
    const call = ask('retrying', { signal: retrying.signal });
    await wait(50);
    const began = performance.now();
    retrying.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('again and again is left alone, its calls go to the next, and it is tried after its rest', async () => {
    const ollama = new ScriptedProvider('ollama', always(fault()));
    const openai = new ScriptedProvider('openai', answersAfter(1));
    const { ask, events, record } = openGate([ollama, openai], {
      'retryPolicy.maxRetries': 0,
      'breaker.minimumRps': 0.5,
      'breaker.restMs': 300,
      'breaker.halfOpenCalls': 1,
    });
    for (let at = 0; at < 5; at += 1) await ask(`fails ${at}`, { fallbacks: ['openai'] });
    expect(events).toEqual([{ type: 'breaker.changed', subsystem: 'ollama', state: 'open' }]);
    expect(record.figures().slow).toContain('breaker');
    const asked = ollama.served.length;
    expect((await ask('rests', { fallbacks: ['openai'] })).provider).toBe('openai');
    await expect(ask('alone')).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect(ollama.served).toHaveLength(asked);
    ollama.script = answersAfter(1);
    await wait(320);
    expect((await ask('back', { fallbacks: ['openai'] })).provider).toBe('ollama');
    expect(events.map((event) => 'state' in event && event.state)).toEqual([
      'open',
      'half-open',
      'closed',
    ]);
  });

  it('is spared those that waited when its breaker opened', async () => {
    const ollama = new ScriptedProvider('ollama', always(fault()));
    const { ask } = openGate([ollama], {
      'async.concurrency': 1,
      'retryPolicy.maxRetries': 0,
      'breaker.minimumRps': 0.5,
    });
    const codes = await many(30, (at) => ask(`${at}`).catch((error: OmegaError) => error.code));
    expect(ollama.served.length).toBeLessThan(10);
    expect(codes.at(-1)).toBe('CIRCUIT_OPEN');
  });

  it('answers each of 1,000 calls where 30 % of requests fail, none twice, in little more time', {
    timeout: 90_000,
  }, async () => {
    const latency = 30;
    const run = async (faults: boolean) => {
      const random = seeded(1);
      const ollama = new ScriptedProvider('ollama', async (request, options, before) => {
        const chance = faults ? random() : 1;
        if (chance < 0.1) throw tooMany(random() * latency);
        if (chance < 0.2) throw fault();
        if (chance < 0.3) {
          await wait(latency / 2);
          throw fault(0);
        }
        return answersAfter(latency, request.prompt)(request, options, before);
      });
      const { ask, record } = openGate([ollama], {
        'async.concurrency': 20,
        'retryPolicy.initialDelayMs': latency / 2,
        'retryPolicy.maxRetries': 6,
      });
      const began = performance.now();
      const answers = await many(1_000, (at) => ask(`job ${at}`));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1_000);
      expect(record.figures()).toMatchObject({ calls: 1_000, failed: 0, inFlight: 0, queued: 0 });
      return { ms: performance.now() - began, figures: record.figures() };
    };
    const calm = await run(false);
    const rough = await run(true);
    expect(rough.figures.retries).toBeGreaterThan(300);
    // 1.4 where the machine does nothing else; a provider that rests for each 429 takes over 4.
    expect(rough.ms / calm.ms).toBeLessThan(3);
  });
});

describe('the log', () => {
  it('says what each call came to, and nothing of its text', async () => {
    const ollama = new ScriptedProvider('ollama', answersAfter(1, 'SECRET ANSWER'));
    const { ask, lines } = openGate([ollama]);
    await ask('SECRET PROMPT', { runId: 'run-1' });
    await ask('SECRET PROMPT');
    ollama.script = always(new OmegaError('UNAUTHORIZED', 'The key sk-12345 is wrong.'));
    await ask('SECRET OTHER').catch(() => undefined);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged).toMatchObject([
      {
        provider: 'ollama',
        model: 'ollama-model',
        attempts: 1,
        cached: false,
        runId: 'run-1',
        costUsd: 0.03,
        inputTokens: 10,
        outputTokens: 20,
        finish: 'stop',
        ms: expect.any(Number),
      },
      { cached: true, attempts: 0 },
      { asked: 'ollama', code: 'UNAUTHORIZED' },
    ]);
    expect(lines.join('')).not.toMatch(/SECRET|sk-/);
  });
});
