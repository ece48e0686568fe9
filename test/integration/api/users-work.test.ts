import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { usersWork } from '#main/api/open-loops.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { RunEngine } from '#main/generation/engine/run-engine.ts';
import { diskFiles } from '#main/generation/review/project-files.ts';
import { configDefaults } from '#shared/config.ts';
import { runRequestSchema } from '#shared/run.ts';
import { recordedModels } from '#test/support/model-work.ts';
import { project } from '#test/support/open-api.ts';
import { openGate } from '#test/support/open-gate.ts';
import { ScriptedProvider } from '#test/support/scripted-provider.ts';
import { smallPorts } from '#test/support/small-ports.ts';

it('a run that goes on, and calls to models, are what loops wait for; a paused run is not', async () => {
  const scan = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const provider = new ScriptedProvider('ollama', async () => {
    await answer.promise;
    return 'FROM scratch';
  });
  const { gate, ask, storage } = openGate([provider]);
  const ports = {
    ...smallPorts,
    scan: (...args: Parameters<typeof smallPorts.scan>) =>
      scan.promise.then(() => smallPorts.scan(...args)),
  };
  const context = { storage, clock: systemClock, config: fixed(configDefaults), ports };
  const logger = pino({ level: 'silent' });
  const engine = new RunEngine(
    { ...context, logger, files: diskFiles, emit: () => undefined },
    { models: recordedModels().models },
  );
  onTestFinished(() => engine.dispose());
  const request = () => runRequestSchema.parse({ roots: [project('web')], kinds: ['dockerfile'] });
  const work = () => usersWork({ engine, gate });
  expect(work()).toBeNull();
  const run = engine.start(request());
  expect(work()).toBe('a run is under way');
  const other = engine.start(request());
  expect(work()).toBe('2 runs are under way');
  const paused = [engine.pause(run.id), engine.pause(other.id)];
  expect(work()).toBeNull();
  scan.resolve();
  await Promise.all(paused);
  const call = ask('a Dockerfile');
  await vi.waitFor(() => expect(provider.running).toBe(1));
  expect(work()).toBe('calls to models are under way');
  answer.resolve();
  await call;
  expect(work()).toBeNull();
});
