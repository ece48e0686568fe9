import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openWebServer, type WebServer } from '#main/doors/web/web-server.ts';
import type { OmegaEvent, Route } from '#shared/contract.ts';
import { createWebBridge, type WebBridge } from '../../../src/renderer/bridge/web-bridge.ts';
import { jobUpdated, StandInApi } from './stand-in-api.ts';

const token = 'test-token-of-sufficient-length';
const deadlines = { answerMs: 150, longAnswerMs: 10_000, connectMs: 300 };
const open: { close: () => unknown }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

const serve = async (port = 0) => {
  const api = new StandInApi();
  const server = await openWebServer({ api, port, token, pageFolder: '/none', drainMs: 50 });
  open.push(server);
  return { api, server };
};

const connect = (server: Pick<WebServer, 'port'>): WebBridge => {
  const bridge = createWebBridge(`ws://127.0.0.1:${server.port}/ws?token=${token}`, deadlines);
  open.push(bridge);
  return bridge;
};

const call = (bridge: WebBridge, route: string, input: unknown = {}) =>
  bridge.call(route as Route, input as never);

describe('the browser bridge', () => {
  it('answers calls made before the connection is open', async () => {
    const { server } = await serve();
    const bridge = connect(server);
    const answers = await Promise.all([call(bridge, 'test.echo', 1), call(bridge, 'test.echo', 2)]);
    expect(answers).toEqual([
      { ok: true, data: 1 },
      { ok: true, data: 2 },
    ]);
  });

  it('gives up at the deadline, retryable, and cancels the call on the server', async () => {
    const { api, server } = await serve();
    const bridge = connect(server);
    const answer = await call(bridge, 'test.wait');
    expect(answer).toMatchObject({ ok: false, error: { code: 'TIMEOUT', retryable: true } });
    await call(bridge, 'test.echo');
    expect(api.cancelled).toBe(1);
  });

  // A tuning of two minutes was cancelled by the page after half a minute.
  it('gives a tuning the time of its own budget beyond every other deadline', async () => {
    const { api, server } = await serve();
    api.call = () => sleep(200).then(() => ({ ok: true, data: null }));
    const short = { answerMs: 20, longAnswerMs: 20, connectMs: 300 };
    const bridge = createWebBridge(`ws://127.0.0.1:${server.port}/ws?token=${token}`, short);
    open.push(bridge);
    const answers = await Promise.all([
      call(bridge, 'intelligence.create', { name: 'x', budget: { seconds: 5 } }),
      call(bridge, 'scan.run'),
    ]);
    expect(answers).toMatchObject([{ ok: true }, { ok: false, error: { code: 'TIMEOUT' } }]);
  });

  it('settles what was in flight when the connection is lost, then comes back and tells', async () => {
    const first = await serve();
    const bridge = connect(first.server);
    const events: OmegaEvent[] = [];
    bridge.listen((batch) => events.push(...batch));
    await call(bridge, 'test.echo');
    first.api.call = () => new Promise(() => undefined);
    const hanging = call(bridge, 'scan.run');
    await sleep(20);
    await first.server.close();
    expect(await hanging).toMatchObject({ error: { code: 'UNAVAILABLE', retryable: true } });
    const second = await serve(first.server.port);
    for (let i = 0; i < 200 && second.api.listeners.size === 0; i += 1) await sleep(20);
    expect(await call(bridge, 'test.echo', 3)).toEqual({ ok: true, data: 3 });
    expect(events.map((event) => 'connected' in event && event.connected)).toEqual([false, true]);
  });

  it('does not hang where nothing listens, or where the other side never answers', async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const port = (mute.address() as { port: number }).port;
    const started = Date.now();
    const bridge = connect({ port });
    expect(await call(bridge, 'scan.run')).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    mute.close();
    expect(await call(connect({ port: 1 }), 'scan.run')).toMatchObject({ ok: false });
    expect(Date.now() - started).toBeLessThan(2000);
  });

  it('delivers events in batches until a listener leaves', async () => {
    const { api, server } = await serve();
    const bridge = connect(server);
    const batches: (readonly OmegaEvent[])[] = [];
    await call(bridge, 'test.echo');
    const leave = bridge.listen((batch) => batches.push(batch));
    for (let files = 1; files <= 50; files += 1) api.emit(jobUpdated('a', files));
    api.emit(jobUpdated('b', 1));
    await sleep(100);
    expect(batches).toEqual([[jobUpdated('a', 50), jobUpdated('b', 1)]]);
    leave();
    api.emit(jobUpdated('a', 51));
    await sleep(60);
    expect(batches).toHaveLength(1);
  });
});
