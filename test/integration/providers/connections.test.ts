import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { modelProviders } from '#shared/providers.ts';
import { calm, providersOn, requestTo } from '#test/support/live-providers.ts';

/** A server of this test's own. */
async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(handler);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('64 calls at once are 64 requests at once, and the next use their connections', async () => {
  const { standIn, providers } = await providersOn({ latencyMs: 300 });
  const call = () => providers.get('openai').call(requestTo(standIn, 'openai'), { signal: calm() });
  const all = Promise.all(Array.from({ length: 64 }, call));
  const running = () => standIn.log.calls.filter(({ outcome }) => outcome === 'running').length;
  let most = 0;
  await standIn.log.until(() => {
    most = Math.max(most, running());
    return standIn.log.calls.length === 64;
  });
  expect(Math.max(most, running())).toBe(64);
  await all;
  expect(await standIn.connections()).toBe(64);
  for (let round = 0; round < 3; round += 1) await Promise.all(Array.from({ length: 64 }, call));
  expect(await standIn.connections()).toBeLessThanOrEqual(128);
});

it.each(modelProviders)(
  'streams of %s that were read to their end leave connections that are used again',
  async (id) => {
    const { standIn, providers } = await providersOn();
    for (let at = 0; at < 5; at += 1) {
      const options = { signal: calm(), onText: () => undefined };
      await providers.get(id).call(requestTo(standIn, id), options);
    }
    expect(await standIn.connections()).toBeLessThanOrEqual(2);
  },
);

it('an address where nobody listens is told with what to do', async () => {
  const { providers, settings, standIn } = await providersOn();
  settings.set({ ollamaUrl: 'http://127.0.0.1:9' });
  const call = providers.get('ollama').call(requestTo(standIn, 'ollama'), { signal: calm() });
  await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  await expect(call).rejects.toThrow(
    /Ollama does not answer at http:\/\/127\.0\.0\.1:9.*providers\.ollamaUrl/,
  );
});

it('follows no redirect, and takes the key nowhere', async () => {
  const { providers, settings, standIn } = await providersOn();
  const elsewhere = await serve((_, response) =>
    response.writeHead(307, { location: `${standIn.url}/v1/chat/completions` }).end(),
  );
  settings.set({ openaiUrl: elsewhere });
  const call = providers.get('openai').call(requestTo(standIn, 'openai'), { signal: calm() });
  await expect(call).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryable: false,
    details: { status: 307 },
  });
  expect(standIn.log.entries).toEqual([]);
});

it.each([
  ['one endless line', 'data: {"x":"'],
  ['comments without end', `: ${'x'.repeat(1000)}\n\n`],
])(
  'a stream of %s ends at the limit, though it has no text',
  { timeout: 60_000 },
  async (_, piece) => {
    const { providers, settings, standIn } = await providersOn({}, { timeoutMs: 50_000 });
    let sent = 0;
    const url = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const chunk = Buffer.from(piece.repeat(64));
      const more = (): void => {
        while (!response.destroyed && sent < 200e6) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    settings.set({ openaiUrl: url });
    const call = providers
      .get('openai')
      .call(requestTo(standIn, 'openai'), { signal: calm(), onText: () => undefined });
    await expect(call).rejects.toMatchObject({ code: 'REFUSED' });
    expect(sent).toBeLessThan(100e6);
  },
);
