import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import type { Run } from '#shared/run.ts';
import { StandIn } from '#test/stand-ins/server.ts';
import { cliEntry } from '#test/support/cli-entry.ts';
import { heldAnswers } from '#test/support/held-answers.ts';
import { openApi } from '#test/support/open-api.ts';
import { manyServices, standInEnvironment } from '#test/support/stand-in-app.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { Client } from '../doors/web/door.ts';

const door = join(import.meta.dirname, '../../../src/main/doors/web/main.ts');
const patient = { timeout: 30_000 };

/** A stand-in whose answers are held, and the environment of processes that ask it, three at once. */
async function heldServer() {
  const held = heldAnswers();
  const standIn = await StandIn.start({ answer: held.answer });
  onTestFinished(() => standIn.close());
  const home = tempFolder();
  const env = {
    ...standInEnvironment(standIn),
    PATH: process.env.PATH,
    OMEGA_HOME: home,
    OMEGA_DEVICE: 'cpu',
    OMEGA_PROVIDERS_REPAIR_ROUNDS: '0',
    OMEGA_ASYNC_CONCURRENCY: '3',
  };
  const atServer = () => standIn.log.calls.filter(({ outcome }) => outcome === 'running').length;
  const untilAt = (count: number) => expect.poll(atServer, patient).toBe(count);
  return { ...held, standIn, home, env, untilAt };
}

/** The web door as a process of its own, asked as the page asks it. */
async function openWebDoor(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [door], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { port, search } = new URL(line);
  const client = await Client.open(Number(port), { path: `/ws${search}`, headers: {} });
  let last = 0;
  const call = async <T>(route: string, input: unknown): Promise<T> => {
    last += 1;
    client.send({ id: last, route, input });
    const { result } = await client.answer(last);
    const { ok, data } = result as { readonly ok: boolean; readonly data: T };
    if (!ok) throw new Error(JSON.stringify(result));
    return data;
  };
  const run = (id: string) => call<Run>('run.get', { id });
  const completed = async (id: string) =>
    (await run(id)).jobs.filter(({ state }) => state === 'completed').length;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exit;
  };
  return { call, run, completed, end };
}

const request = (root: string) => ({
  roots: [root],
  kinds: ['dockerfile'],
  use: 'openai',
  concurrency: 3,
});
const jobs = 8;

/** What was answered, by the file that it was for. */
const answered = ({ log }: StandIn) =>
  log.calls
    .filter(({ outcome }) => outcome === 'answered')
    .map((call) => /^- dockerfile of the service .*$/m.exec(call.request?.prompt ?? '')?.[0]);

// Catches a run that is lost with its process, or that asks anew for what was made and paid for.
it.each([
  // A graceful end counts as no death: two of them and a kill are not "ended twice over this job".
  { ends: ['SIGKILL'] },
  { ends: ['SIGTERM', 'SIGTERM', 'SIGKILL'] },
] as const)(
  'a run of a model goes on after $ends of its web door, and asks for nothing twice',
  async ({ ends }) => {
    const server = await heldServer();
    let web = await openWebDoor(server.env);
    const { id } = await web.call<Run>('run.start', request(manyServices(jobs)));
    await server.untilAt(3);
    server.release(2);
    let done = 2;
    for (const signal of ends) {
      await expect.poll(() => web.completed(id), patient).toBe(done);
      await server.untilAt(3);
      const [code] = await web.end(signal);
      if (signal === 'SIGTERM') expect(code).toBe(0);
      // The requests that were under way are closed, not left to run.
      await server.untilAt(0);
      server.forget();
      web = await openWebDoor(server.env);
      const { state, paused } = await web.run(id);
      expect([state === 'scanning' ? 'running' : state, paused]).toEqual(['running', null]);
      await server.untilAt(3);
      server.release(1);
      done += 1;
    }
    server.open();
    await expect.poll(async () => (await web.run(id)).state, patient).toBe('completed');
    const run = await web.run(id);
    expect(run.jobs.map(({ state }) => state)).toEqual(Array(jobs).fill('completed'));
    expect(answered(server.standIn)).toHaveLength(jobs);
    expect(new Set(answered(server.standIn)).size).toBe(jobs);
    await web.end('SIGTERM');
  },
  120_000,
);

it('a command that is stopped cancels its run, which no later start takes up', async () => {
  const server = await heldServer();
  const root = manyServices(jobs);
  const args = ['generate', root, '--kinds', 'dockerfile', '--provider', 'openai', '--json'];
  const child = spawn(process.execPath, [cliEntry, ...args], { env: server.env, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  await server.untilAt(3);
  child.kill('SIGINT');
  await exit;
  await server.untilAt(0);
  const { call } = await openApi({ dataFolder: server.home, door: 'web', env: server.env });
  const [run] = await call('run.list', {});
  expect(run?.state).toBe('cancelled');
  expect(new Set(run?.jobs.map(({ state }) => state))).toEqual(new Set(['cancelled']));
  expect(server.standIn.log.calls).toHaveLength(3);
}, 60_000);
