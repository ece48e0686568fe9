import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './door.ts';

const entry = new URL('../../../../src/main/doors/web/main.ts', import.meta.url).pathname;
let home: string;
let child: ReturnType<typeof spawn>;
let address: URL;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'omega-home-'));
  const started = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, OMEGA_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const [line] = await once(createInterface({ input: started.stdout }), 'line');
  address = new URL(line);
});
afterAll(async () => {
  child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

const open = () => Client.open(Number(address.port), { path: `/ws${address.search}`, headers: {} });

describe('the browser door over the real api', () => {
  it('makes a token of 32 random bytes', () => {
    expect(Buffer.from(address.searchParams.get('token') ?? '', 'base64url')).toHaveLength(32);
  });

  it('answers calls, and refuses unknown routes and wrong input with typed errors', async () => {
    const client = await open();
    client.send({ id: 1, route: 'app.info', input: {} });
    client.send({ id: 2, route: 'no.such', input: {} });
    client.send({ id: 3, route: 'config.set', input: { 'async.concurrency': 1e9 } });
    client.send({ id: 4, route: '__proto__', input: {} });
    expect((await client.answer(1)).result).toMatchObject({
      ok: true,
      data: { door: 'web', dataFolder: home },
    });
    for (const id of [2, 3, 4]) {
      const { result } = await client.answer(id);
      expect(result).toMatchObject({ ok: false, error: { code: expect.any(String) } });
    }
    client.socket.close();
  });

  it('tells every page of a change that one of them makes', async () => {
    const [one, other] = [await open(), await open()];
    one.send({ id: 1, route: 'config.set', input: { 'async.concurrency': 7 } });
    // What it means for calls to models may be told with it.
    const changed = {
      events: expect.arrayContaining([expect.objectContaining({ type: 'config.changed' })]),
    };
    expect(await other.next((frame) => 'events' in frame)).toEqual(changed);
    one.socket.close();
    other.socket.close();
  });

  it('ends with 0 on SIGINT', async () => {
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
  });
});
