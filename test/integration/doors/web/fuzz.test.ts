import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, get, openDoor, type TestDoor, token } from './door.ts';

let door: TestDoor;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

/** Frames from nearly right to noise. */
const frames = fc
  .oneof(
    fc.record(
      {
        id: fc.oneof(fc.integer(), fc.double(), fc.string()),
        route: fc.string(),
        input: fc.anything(),
      },
      { requiredKeys: [] },
    ),
    fc.record({ cancel: fc.anything() }),
    fc.jsonValue(),
  )
  .map((value) => {
    try {
      return JSON.stringify(value) ?? '';
    } catch {
      return '{';
    }
  });

describe('hostile input', () => {
  it('gets a typed answer or a close, whatever the frame', async () => {
    let client = await Client.open(door.server.port);
    let closed = client.closed();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(frames, fc.string({ unit: 'binary' }), fc.uint8Array()),
        async (frame) => {
          client.frames.length = 0;
          client.socket.send(frame);
          client.send({ id: 9e15, route: 'test.echo' });
          await Promise.race([client.answer(9e15), closed]);
          for (const answer of client.frames) {
            expect('error' in answer || 'result' in answer).toBe(true);
          }
          if (client.socket.readyState !== client.socket.OPEN) {
            client = await Client.open(door.server.port);
            closed = client.closed();
          }
        },
      ),
      { numRuns: 300 },
    );
    client.socket.close();
  });

  it('never reaches a file outside, whatever the path', async () => {
    const { port } = door.server;
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      '%00',
      'secret.txt',
      '%',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const answer = await get(port, `/${parts.join('')}`, { cookie: `omega-${port}=${token}` });
        expect([200, 303, 400, 404]).toContain(answer.status);
        expect(answer.body).not.toContain('outside');
      }),
      { numRuns: 200 },
    );
  });

  it('survives raw bytes on the port', async () => {
    const { port } = door.server;
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.resume();
        socket.end(bytes);
        await once(socket, 'close');
      }),
      { numRuns: 60 },
    );
    expect((await get(port, '/')).status).toBe(401);
  });
});
