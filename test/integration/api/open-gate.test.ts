import { Command } from 'commander';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { cacheHandlers } from '#main/api/cache-handlers.ts';
import { callHandlers } from '#main/api/call-handlers.ts';
import { openGate } from '#main/api/open-gate.ts';
import { systemClock } from '#main/core/clock.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { addCache } from '#main/doors/cli/add-cache.ts';
import type { Session } from '#main/doors/cli/session.ts';
import { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';
import { type OmegaEvent, routeInputs } from '#shared/contract.ts';
import { changing } from '#test/support/changing.ts';
import { plain, request } from '#test/support/open-gate.ts';
import { answersAfter, ScriptedProvider, scripted } from '#test/support/scripted-provider.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

function open() {
  const resources = new DisposableStore();
  const storage = resources.add(new Storage(tempFolder(), systemClock));
  const events: OmegaEvent[] = [];
  const ollama = new ScriptedProvider('ollama', answersAfter(5));
  const opened = openGate(
    {
      storage,
      config: changing(configDefaults),
      clock: systemClock,
      logger: pino({ level: 'silent' }),
      metrics: createMetrics(),
      providers: scripted(ollama),
      embed: () => Promise.reject(new Error('There is no model here.')),
      bus: { emit: (event) => void events.push(event) },
    },
    resources,
  );
  onTestFinished(() => resources.dispose());
  const signal = new AbortController().signal;
  return { opened, events, cache: cacheHandlers(opened), calls: callHandlers(opened), signal };
}

it('the routes say what the gate did, and empty the cache', async () => {
  const { opened, events, cache, calls, signal } = open();
  const ask = (prompt: string, project: string) =>
    opened.gate.call(request(prompt), { ...plain(), project });
  await Promise.all([ask('a', '/one'), ask('b', '/two'), ask('a', '/one')]);
  await ask('a', '/one');
  expect(await cache['cache.stats']({}, signal)).toMatchObject({
    enabled: true,
    entries: 2,
    memoryHits: 1,
    misses: 2,
    shared: 1,
    hitRate: 1 / 3,
    maxBytes: 256e6,
  });
  expect(await calls['call.figures']({}, signal)).toMatchObject({ calls: 2, cacheHits: 2 });
  const input = routeInputs['call.seconds'].parse({});
  expect(Array.isArray(await calls['call.seconds'](input, signal))).toBe(true);
  await expect
    .poll(() => events.at(-1))
    .toMatchObject({
      type: 'calls.changed',
      figures: { calls: 2, cacheHits: 2, inFlight: 0 },
    });
  expect(await cache['cache.clear']({ project: '/one' }, signal)).toEqual({ removed: 1 });
  expect(await cache['cache.clear']({ provider: 'openai' }, signal)).toEqual({ removed: 0 });
  expect(await cache['cache.clear']({}, signal)).toEqual({ removed: 1 });
  expect((await ask('a', '/one')).cached).toBe(false);
});

it('the commands do what the routes do, and refuse what is no provider', async () => {
  const { opened, cache, signal } = open();
  const project = tempFolder();
  await opened.gate.call(request('a'), { ...plain(), project });
  await opened.gate.call(request('b'), plain());
  const lines: string[] = [];
  const session = {
    terminal: {
      line: (text: string) => lines.push(text),
      json: () => undefined,
      style: (_: string, text: string) => text,
    },
    call: (route: 'cache.stats' | 'cache.clear', input: object) =>
      route === 'cache.stats' ? cache[route]({}, signal) : cache[route](input, signal),
  } as unknown as Session;
  const run = async (...args: string[]) => {
    lines.length = 0;
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    addCache(program, async (command) => void (await command(session)));
    for (const one of program.commands.flatMap(({ commands }) => commands)) {
      one.exitOverride().configureOutput({ writeErr: () => undefined });
    }
    await program.parseAsync(['cache', ...args], { from: 'user' });
    return lines.join('\n');
  };
  expect(await run('stats')).toMatch(/state +on\nentries +2\nsize +0\.00 of 256\.0 MB/);
  expect(await run('clear', '--provider', 'openai')).toBe('Forgot 0 answers.');
  expect(await run('clear', '--project', `${project}/.`)).toBe('Forgot 1 answer.');
  expect(await run('clear')).toBe('Forgot 1 answer.');
  await expect(run('clear', '--provider', 'nobody')).rejects.toMatchObject({
    code: 'commander.invalidArgument',
  });
});
