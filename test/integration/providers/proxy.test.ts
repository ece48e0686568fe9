import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import type { Environment } from '#main/core/config/environment.ts';
import { Transport } from '#main/providers/transport/transport.ts';
import { StandIn } from '#test/stand-ins/server.ts';

/** A proxy that refuses, and what it was asked for. */
async function proxy() {
  const asked: string[] = [];
  const server = createServer((seen, response) => {
    asked.push(seen.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (seen, socket) => {
    asked.push(seen.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Asks for a page over a transport of that environment; the answer does not matter. */
async function ask(env: Environment, url: string): Promise<void> {
  const transport = new Transport(env);
  onTestFinished(() => transport.dispose());
  const signal = AbortSignal.timeout(5000);
  const answer = await request(url, { dispatcher: transport.dispatcher, signal }).catch(() => null);
  await answer?.body.dump();
}

it('goes by the proxy of the environment, but never to this machine', async () => {
  const { asked, url } = await proxy();
  const env = { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: 'inner.invalid' };
  await ask(env, 'https://api.invalid/v1/models');
  expect(asked).toEqual(['api.invalid:443']);
  await using standIn = await StandIn.start();
  await ask(env, `${standIn.urls.compatible}/models`);
  await ask(env, `${standIn.urls.compatible.replace('127.0.0.1', 'localhost')}/models`);
  expect(standIn.log.entries.length).toBeGreaterThan(0);
  await ask(env, 'https://inner.invalid/v1/models');
  expect(asked).toHaveLength(1);
});
