import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

async function childAtWork(...args: readonly string[]) {
  const script = join(import.meta.dirname, 'crash-child.ts');
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await expect.poll(() => output, { timeout: 15_000 }).toContain('b running');
  return async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
}

/** A run over a, b and c whose process was killed at b. */
async function killed() {
  const dataFolder = tempFolder();
  const root = project('a', 'b', 'c');
  const kill = await childAtWork(dataFolder, root);
  await kill();
  return { dataFolder, root };
}

/** The only run of a data folder. */
async function onlyRun({ call }: Pick<Awaited<ReturnType<typeof openApi>>, 'call'>) {
  const [run] = await call('run.list', {});
  if (!run) throw new Error('There is no run.');
  return run;
}

const statesOf = ({ jobs }: { readonly jobs: readonly { readonly state: string }[] }) =>
  jobs.map(({ state }) => state);

describe('a run of another process', () => {
  it('that lives is left alone, by commands and by doors that stay open', async () => {
    const dataFolder = tempFolder();
    const kill = await childAtWork(dataFolder, project('a', 'b', 'c'));
    for (const door of ['cli', 'web'] as const) {
      const beside = await openApi({ dataFolder, door });
      const { id, state } = await onlyRun(beside);
      expect(state).toBe('running');
      for (const route of ['run.cancel', 'run.resume', 'run.pause'] as const) {
        await expect(beside.call(route, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
      }
      await beside.api.dispose();
    }
    await kill();
  });

  it('that was killed is gone on with by the next door that stays open', async () => {
    const { dataFolder } = await killed();
    const made: string[] = [];
    const ports = {
      ...smallPorts,
      generate: (...args: Parameters<typeof smallPorts.generate>) => {
        made.push(args[2]?.name ?? '');
        return smallPorts.generate(...args);
      },
    };
    const next = await openApi({ dataFolder, door: 'web', ports });
    const run = await next.ended((await onlyRun(next)).id);
    expect(run).toMatchObject({ state: 'completed', failures: [], paused: null });
    expect(statesOf(run)).toEqual(['completed', 'completed', 'completed']);
    // What was made is not made again, and nothing is there twice.
    expect(made).toEqual(['b', 'c']);
    const proposals = await next.call('proposal.list', { runId: run.id });
    expect(proposals.map(({ path }) => path)).toEqual([
      'a/Dockerfile',
      'b/Dockerfile',
      'c/Dockerfile',
    ]);
  });

  it('that was killed is left to the user by a command, shown as resting, and resumed when asked', async () => {
    const { dataFolder } = await killed();
    const command = await openApi({ dataFolder });
    const run = await onlyRun(command);
    expect(run).toMatchObject({ state: 'paused', paused: expect.stringContaining('Omega ended') });
    expect(statesOf(run)).toEqual(['completed', 'pending', 'pending']);
    await command.call('run.resume', { id: run.id });
    expect(statesOf(await command.ended(run.id))).toEqual(['completed', 'completed', 'completed']);
  });

  it('that was killed can be cancelled; what it had made is kept', async () => {
    const { dataFolder } = await killed();
    const command = await openApi({ dataFolder });
    const { id } = await onlyRun(command);
    const run = await command.call('run.cancel', { id });
    expect(run.state).toBe('cancelled');
    expect(statesOf(run)).toEqual(['completed', 'cancelled', 'cancelled']);
    const proposals = await command.call('proposal.list', { runId: id });
    expect(proposals.map(({ path }) => path)).toEqual(['a/Dockerfile']);
  });

  it('is not tried a third time where two processes died over the same job', async () => {
    const { dataFolder, root } = await killed();
    const look = await openApi({ dataFolder });
    const { id } = await onlyRun(look);
    await look.api.dispose();
    const kill = await childAtWork(dataFolder, root, id);
    await kill();
    const next = await openApi({ dataFolder, door: 'desktop' });
    const run = await next.ended(id);
    expect(run.state).toBe('completed');
    expect(statesOf(run)).toEqual(['completed', 'failed', 'completed']);
    expect(run.jobs[1]?.error?.message).toContain('Omega ended twice while it worked on this');
  });

  it('fails what the project has no more, and makes nothing that it was not asked for', async () => {
    const { dataFolder, root } = await killed();
    rmSync(join(root, 'c'), { recursive: true });
    mkdirSync(join(root, 'd'));
    const next = await openApi({ dataFolder, door: 'web' });
    const run = await next.ended((await onlyRun(next)).id);
    expect(run.jobs.map(({ service, state, error }) => [service, error?.code ?? state])).toEqual([
      ['a', 'completed'],
      ['b', 'completed'],
      ['c', 'NOT_FOUND'],
    ]);
  });

  it('is resumed by one of two doors that open at once', async () => {
    const { dataFolder } = await killed();
    const made: string[] = [];
    const ports = {
      ...smallPorts,
      generate: (...args: Parameters<typeof smallPorts.generate>) => {
        made.push(args[2]?.name ?? '');
        return smallPorts.generate(...args);
      },
    };
    const open = () => openApi({ dataFolder, door: 'web', ports });
    const [one, two] = await Promise.all([open(), open()]);
    const { id } = await onlyRun(one);
    await one.ended(id);
    await two.ended(id);
    expect(made.toSorted()).toEqual(['b', 'c']);
  });
});
