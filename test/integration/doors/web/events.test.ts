import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { jobUpdated } from '../stand-in-api.ts';
import { Client, openDoor, type TestDoor } from './door.ts';

let door: TestDoor | undefined;
afterEach(() => door?.close());

const limits = { slowBytes: 64 * 1024, maxBytes: 8 * 1024 * 1024, heartbeatMs: 60_000 };
const batches = (client: Client) => client.frames.filter((frame) => 'events' in frame);

describe('events', () => {
  it('come in one frame, the newest of each job, in the order of their last change', async () => {
    door = await openDoor();
    const client = await Client.open(door.server.port);
    door.api.emit(jobUpdated('a', 1));
    door.api.emit(jobUpdated('b', 1));
    door.api.emit(jobUpdated('a', 2));
    await client.next((frame) => 'events' in frame);
    await sleep(50);
    expect(batches(client)).toEqual([{ events: [jobUpdated('b', 1), jobUpdated('a', 2)] }]);
    client.socket.close();
  });

  it('wait for a client that does not read, coalesced, and reach it when it reads again', async () => {
    door = await openDoor({ limits });
    const client = await Client.open(door.server.port);
    client.socket.pause();
    // Fills the kernel's buffers and ours, so that the door sees the client as slow.
    for (let id = 1; id <= 6; id += 1) client.send({ id, route: 'test.large' });
    await sleep(150);
    for (let files = 1; files <= 500; files += 1) {
      door.api.emit(jobUpdated('a', files));
      if (files % 50 === 0) await sleep(20);
    }
    client.socket.resume();
    await client.next((frame) => JSON.stringify(frame).includes('"files":500'));
    expect(batches(client).length).toBeLessThan(4);
    client.socket.close();
  });

  it('give up a client that lets too much wait, and cancel its calls', async () => {
    door = await openDoor({ limits: { ...limits, maxBytes: 1024 * 1024 } });
    const client = await Client.open(door.server.port);
    client.send({ id: 1, route: 'test.wait' });
    client.socket.pause();
    for (let id = 2; id <= 20; id += 1) client.send({ id, route: 'test.large' });
    for (let i = 0; i < 100 && door.api.listeners.size > 0; i += 1) await sleep(20);
    expect(door.api.listeners.size).toBe(0);
    expect(door.api.cancelled).toBe(1);
    client.socket.terminate();
  });

  it('give up a client that answers no ping, and keep one that does', async () => {
    door = await openDoor({ limits: { ...limits, heartbeatMs: 60 } });
    const alive = await Client.open(door.server.port);
    const dead = await Client.open(door.server.port);
    dead.socket.pause();
    for (let i = 0; i < 50 && door.api.listeners.size > 1; i += 1) await sleep(20);
    expect(door.api.listeners.size).toBe(1);
    alive.send({ id: 1, route: 'test.echo', input: 1 });
    await alive.answer(1);
    alive.socket.close();
    dead.socket.terminate();
  });
});
