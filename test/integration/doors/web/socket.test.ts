import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, openDoor, type TestDoor, token } from './door.ts';

let door: TestDoor;
let port: number;

beforeAll(async () => {
  door = await openDoor();
  port = door.server.port;
});
afterAll(() => door.close());

describe('the upgrade', () => {
  it.each([
    ['no cookie', { headers: {} }, '401'],
    ['a wrong cookie', { headers: { cookie: 'omega=x' } }, '401'],
    ['a foreign Origin', { origin: 'https://evil.example' }, '403'],
    ['another local app', { origin: 'http://127.0.0.1:1' }, '403'],
    ['a rebound Host', { headers: { host: 'evil.example' } }, '403'],
    ['another path', { path: '/other' }, '404'],
  ])('refuses %s', async (_name, options, status) => {
    await expect(Client.open(port, options)).rejects.toThrow(status);
  });

  it('takes the cookie with its own Origin, or the token', async () => {
    const browser = await Client.open(port, {
      origin: `http://127.0.0.1:${port}`,
      headers: { cookie: `omega-${port}=${token}` },
    });
    const program = await Client.open(port, { path: `/ws?token=${token}`, headers: {} });
    browser.socket.close();
    program.socket.close();
  });
});

describe('calls', () => {
  it('are part of the trace that they name, of a new one otherwise, and none of a made-up one', async () => {
    const client = await Client.open(port);
    const trace = '0af7651916cd43dd8448eb211c80319c';
    client.send({ id: 1, route: 'test.trace', trace });
    client.send({ id: 2, route: 'test.trace' });
    client.send({ id: 3, route: 'test.trace', trace: `${trace}"}` });
    client.send({ id: 4, route: 'test.trace', trace: '0'.repeat(32) });
    const results = await Promise.all([1, 2, 3, 4].map((id) => client.answer(id)));
    const [named, fresh, ...refused] = results.map(({ result }) => result);
    expect(named).toEqual({ ok: true, data: trace });
    expect(fresh).toMatchObject({ data: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(fresh).not.toEqual(named);
    for (const one of refused) expect(one).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    client.socket.close();
  });

  it('answers each by its id, out of order', async () => {
    const client = await Client.open(port);
    client.send({ id: 1, route: 'test.slow', input: 'a' });
    client.send({ id: 2, route: 'test.echo', input: { b: 1 } });
    expect((await client.answer(1)).result).toEqual({ ok: true, data: 'a' });
    expect(client.frames.map((frame) => frame.id)).toEqual([2, 1]);
    client.socket.close();
  });

  it.each([
    ['an unknown route', { id: 1, route: 'test.unknown' }, 'NOT_FOUND'],
    ['a throwing route', { id: 1, route: 'test.throw' }, 'INTERNAL'],
    ['no route', { id: 1 }, 'INVALID_INPUT'],
    ['an extra key', { id: 1, route: 'test.echo', x: 1 }, 'INVALID_INPUT'],
    ['a long route', { id: 1, route: 'x'.repeat(65) }, 'INVALID_INPUT'],
  ])('answers %s with a typed error', async (_name, frame, code) => {
    const client = await Client.open(port);
    client.send(frame);
    expect((await client.answer(1)).result).toMatchObject({ ok: false, error: { code } });
    client.socket.close();
  });

  it.each([
    '{',
    '',
    'null',
    '[]',
    '"x"',
    '{"id":-1,"route":"a"}',
    '{"cancel":"1"}',
    '['.repeat(1e5),
  ])('answers the malformed frame %.20s with an error and stays open', async (text) => {
    const client = await Client.open(port);
    client.send(text);
    const answer = await client.next((frame) => 'error' in frame);
    expect(answer.error).toMatchObject({ code: 'INVALID_INPUT' });
    client.send({ id: 5, route: 'test.echo', input: 1 });
    expect((await client.answer(5)).result).toEqual({ ok: true, data: 1 });
    client.socket.close();
  });

  it('refuses binary frames, and closes on one that is too large', async () => {
    const client = await Client.open(port);
    client.socket.send(Buffer.from('{"id":1,"route":"test.echo"}'));
    await client.next((frame) => 'error' in frame);
    client.send('x'.repeat(2 * 1024 * 1024 + 1));
    expect(await client.closed()).toBe(1009);
  });

  it('cancels one call and leaves the other', async () => {
    const client = await Client.open(port);
    client.send({ id: 1, route: 'test.wait' });
    client.send({ id: 2, route: 'test.slow', input: 2 });
    client.send({ cancel: 1 });
    client.send({ cancel: 99 });
    expect((await client.answer(1)).result).toMatchObject({ error: { code: 'CANCELLED' } });
    expect((await client.answer(2)).result).toEqual({ ok: true, data: 2 });
    client.socket.close();
  });

  it('refuses a second call with an id in flight, and more calls than its bound', async () => {
    const client = await Client.open(port);
    client.send({ id: 1, route: 'test.wait' });
    client.send({ id: 1, route: 'test.wait' });
    expect((await client.answer(1)).result).toMatchObject({ error: { code: 'CONFLICT' } });
    for (let id = 2; id <= 257; id += 1) client.send({ id, route: 'test.wait' });
    expect((await client.answer(257)).result).toMatchObject({ error: { code: 'REFUSED' } });
    client.socket.terminate();
  });

  it('aborts what a client that went away had asked for', async () => {
    const client = await Client.open(port);
    const before = door.api.cancelled;
    client.send({ id: 1, route: 'test.wait' });
    client.send({ id: 2, route: 'test.echo' });
    await client.answer(2);
    client.socket.terminate();
    for (let i = 0; i < 100 && door.api.cancelled === before; i += 1) await sleep(20);
    expect(door.api.cancelled).toBe(before + 1);
  });
});
