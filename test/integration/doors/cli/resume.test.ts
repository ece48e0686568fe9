import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { resumeCommand } from '#main/doors/cli/commands/resume.ts';
import { exitCodes } from '#main/doors/cli/exit-codes.ts';
import { Session } from '#main/doors/cli/session.ts';
import type { Terminal } from '#main/doors/cli/terminal.ts';
import { locateApp } from '#main/doors/transport/app-location.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { Run } from '#shared/run.ts';
import { nodeProject } from '#test/support/node-project.ts';
import { openApi } from '#test/support/open-api.ts';

const folder = join(import.meta.dirname, '../../../../src/main/doors/cli');

/** A terminal that keeps what is said. */
function keptTerminal() {
  const said: { notes: string[]; run: Run | null } = { notes: [], run: null };
  const terminal: Terminal = {
    isJson: true,
    readerLeft: new AbortController().signal,
    line: () => undefined,
    note: (text) => void said.notes.push(text),
    json: (value) => {
      said.run = (value as { run: Run }).run;
    },
    jsonLine: () => undefined,
    flush: async () => undefined,
    style: (_style, text) => text,
  };
  return { said, terminal };
}

/** A run of the app over two files that is paused after the first. */
async function pausedRun() {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  const ports = {
    ...offlinePorts,
    validate: async (...args: Parameters<typeof offlinePorts.validate>) => {
      begun += 1;
      await gate.promise;
      return offlinePorts.validate(...args);
    },
  };
  const { call, api, dataFolder } = await openApi({ ports, env: {} });
  const kinds = ['dockerfile' as const, 'compose' as const];
  const { id } = await call('run.start', {
    roots: [nodeProject('shop')],
    kinds,
    concurrency: 1,
  });
  await expect.poll(() => begun).toBeGreaterThan(0);
  const pausing = call('run.pause', { id });
  gate.resolve();
  const run = await pausing;
  expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'pending']);
  await api.dispose();
  return { id, dataFolder };
}

it('omega resume goes on with a paused run to its end, with a budget where one is given', async () => {
  const { id, dataFolder } = await pausedRun();
  vi.stubEnv('OMEGA_HOME', dataFolder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { said, terminal } = keptTerminal();
  const session = await Session.open(locateApp(folder), terminal);
  onTestFinished(() => session.dispose());
  // One that is paused again is not waited for without end, and says how to go on.
  const resumed = resumeCommand(session, id, {});
  await session.call('run.pause', { id });
  expect(await resumed).toBe(exitCodes.findings);
  expect(said.run?.state).toBe('paused');
  expect(said.notes.join('\n')).toContain(`omega resume ${id}`);
  expect(await resumeCommand(session, id, { budget: 3 })).toBe(exitCodes.fine);
  expect(said.run).toMatchObject({ state: 'completed', request: { budgetUsd: 3 } });
  expect(said.run?.jobs.map(({ state }) => state)).toEqual(['completed', 'completed']);
  // It has ended: there is nothing to go on with.
  await expect(resumeCommand(session, id, {})).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(resumeCommand(session, 'nothing', {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
}, 30_000);
