import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { JournaledEvent } from '#shared/events.ts';
import { cliEntry } from '#test/support/cli-entry.ts';
import { openApi, project } from '#test/support/open-api.ts';

/** The command as a process of its own beside an app that is open on the same data folder. */
function omega(home: string, args: readonly string[]) {
  const child = spawn(process.execPath, [cliEntry, 'events', ...args], {
    env: { ...process.env, OMEGA_HOME: home, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const out = { text: '', notes: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out.text += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    out.notes += text;
  });
  const lines = () => out.text.split('\n').slice(0, -1);
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return { child, out, lines, closed };
}

describe('omega events', () => {
  it('prints what the running app did: time, kind and what matters', async () => {
    const { dataFolder, runToEnd, call } = await openApi();
    const root = project('web');
    await call('project.add', { root });
    const { id } = await runToEnd({ roots: [root], kinds: ['dockerfile'] });
    await vi.waitFor(async () => {
      const last = (await call('event.list', { types: ['run.updated'] })).at(-1);
      expect(last?.data?.run).toMatchObject({ state: 'completed' });
    }, 10_000);
    const listed = omega(dataFolder, []);
    expect(await listed.closed).toBe(0);
    expect(listed.out.text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} projects\.changed$/m);
    expect(listed.out.text).toContain(`run.updated          id=${id} state=completed failures=0`);
    const json = omega(dataFolder, ['--json', '--types', 'run.*,projects.changed', '--limit', '1']);
    expect(await json.closed).toBe(0);
    expect(JSON.parse(json.out.text)).toMatchObject([
      {
        type: 'run.updated',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        data: { run: { id, state: 'completed' } },
      },
    ]);
    const none = omega(dataFolder, ['--types', 'error']);
    expect(await none.closed).toBe(0);
    expect([none.out.text, none.out.notes]).toEqual(['', 'No such event is kept.\n']);
    // The three commands left no trace of themselves.
    const instances = (await call('event.list', { limit: 1_000 })).map((event) => event.instance);
    expect(new Set(instances).size).toBe(1);
  });

  it('--follow goes on with what other processes do, until Ctrl-C', async () => {
    const { dataFolder, call } = await openApi();
    const following = omega(dataFolder, ['--follow', '--json', '--types', 'projects.changed']);
    const first = project();
    await call('project.add', { root: first });
    await vi.waitFor(() => expect(following.lines()).toHaveLength(1), 20_000);
    await call('project.remove', { root: first });
    await vi.waitFor(() => expect(following.lines()).toHaveLength(2), 10_000);
    following.child.kill('SIGINT');
    expect(await following.closed).toBe(130);
    const events = following.lines().map((line) => JSON.parse(line) as JournaledEvent);
    expect(events.map(({ type }) => type)).toEqual(['projects.changed', 'projects.changed']);
    expect(following.out.notes).toBe('Stopping; press Ctrl-C again to end at once.\n');
  });

  // `omega events --follow | head -1` would otherwise run for ever.
  it('--follow ends when nobody reads any more', async () => {
    const { dataFolder, call } = await openApi();
    const following = omega(dataFolder, ['--follow', '--types', 'projects.*']);
    await call('project.add', { root: project() });
    await vi.waitFor(() => expect(following.lines()).toHaveLength(1), 20_000);
    following.child.stdout.destroy();
    await call('project.add', { root: project() });
    expect(await following.closed).toBe(0);
  });

  it.each([
    [['--types', 'memroy.*'], '"memroy.*" is no kind that is kept'],
    [['--types', 'scan.progress'], '"scan.progress" is no kind that is kept'],
    [['--limit', '0'], 'Give a whole number from 1 to 1000.'],
  ])('%j is wrong usage', async (args, says) => {
    const { dataFolder } = await openApi();
    const { closed, out } = omega(dataFolder, args);
    expect(await closed).toBe(2);
    expect(out.notes).toContain(says);
  });
});
