import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Client, get, openDoor, token } from './door.ts';

const entry = new URL('./door-process.ts', import.meta.url).pathname;
const children: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH, OMEGA_TOKEN: token, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    output.stdout += data;
  });
  child.stderr.on('data', (data) => {
    output.stderr += data;
  });
  const line = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', resolve),
  );
  const exit = once(child, 'close').then(([code]) => code as number);
  return { child, output, line, exit };
}

describe('closing', () => {
  it('answers what is in flight, refuses what comes after, and says goodbye', async () => {
    const door = await openDoor();
    const client = await Client.open(door.server.port);
    client.send({ id: 1, route: 'test.slow', input: 'kept' });
    await sleep(50);
    const closed = client.closed();
    const closing = door.close();
    client.send({ id: 2, route: 'test.echo' });
    expect((await client.answer(2)).result).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    const late = await get(door.server.port, '/', { cookie: `omega-${door.server.port}=${token}` });
    expect(late.status).toBe(503);
    expect((await client.answer(1)).result).toEqual({ ok: true, data: 'kept' });
    expect(await closed).toBe(1001);
    await closing;
  });

  it('aborts what does not end in time', async () => {
    const door = await openDoor({ drainMs: 50 });
    const client = await Client.open(door.server.port);
    client.send({ id: 1, route: 'test.wait' });
    await sleep(50);
    await door.close();
    await sleep(10);
    expect(door.api.cancelled).toBe(1);
  });

  it('does not wait for a client that never reads', async () => {
    const door = await openDoor({ drainMs: 50 });
    const client = await Client.open(door.server.port);
    client.socket.pause();
    const started = Date.now();
    await door.close();
    expect(Date.now() - started).toBeLessThan(2000);
    client.socket.terminate();
  });
});

describe('the process', () => {
  it('prints one line that works, drains on SIGTERM, disposes of the api and exits with 0', async () => {
    const { child, output, line, exit } = start([], { OMEGA_WHY: 'No window here.' });
    const port = Number(new URL(await line).port);
    const client = await Client.open(port);
    client.send({ id: 1, route: 'test.slow', input: 'kept' });
    await sleep(50);
    child.kill('SIGTERM');
    expect((await client.answer(1)).result).toEqual({ ok: true, data: 'kept' });
    expect(await exit).toBe(0);
    expect(output.stdout).toBe(`http://127.0.0.1:${port}/?token=${token}\n`);
    expect(output.stderr).toBe('No window here.\ndisposed\n');
  });

  it('says that its port is in use, and exits with 2 after closing the api', async () => {
    const first = start([]);
    const port = new URL(await first.line).port;
    const second = start(['--port', port]);
    expect(await second.exit).toBe(2);
    expect(second.output.stderr).toContain(`Port ${port} is in use`);
    expect(second.output.stderr).toContain('disposed');
    expect(second.output.stdout).toBe('');
  });

  it.each([
    [['--port', '70000'], {}],
    [['--port', '-1'], {}],
    [['--frob'], {}],
    [[], { OMEGA_PORT: '0x50' }],
    [[], { OMEGA_TOKEN: 'short' }],
  ])('refuses %j %j with 2', async (args, env) => {
    const { output, exit } = start(args, env as Record<string, string>);
    expect(await exit).toBe(2);
    expect(output.stderr).toMatch(/^omega: /);
  });
});
