import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DesktopTransport, type Sender } from '#main/doors/desktop/desktop-transport.ts';
import { pageOrigin } from '#main/doors/desktop/page-origin.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import { jobUpdated, StandInApi } from '#test/integration/doors/stand-in-api.ts';

const own: Sender = { url: 'app://omega/', isMainFrame: true, isWindow: true };

function connect(pickFolder: () => Promise<string | null> = async () => '/picked') {
  const api = new StandInApi();
  const batches: (readonly OmegaEvent[])[] = [];
  const transport = new DesktopTransport(api, {
    page: pageOrigin(true, undefined),
    pickFolder,
    sendEvents: (events) => batches.push(events),
  });
  return { api, batches, transport };
}

describe('the desktop transport', () => {
  it('answers the main frame of its own window', async () => {
    const { transport } = connect();
    expect(await transport.answer(own, { route: 'test.echo', input: 1 })).toEqual({
      ok: true,
      data: 1,
    });
  });

  it.each([
    ['a sub-frame', { ...own, isMainFrame: false }],
    ['a webview', { ...own, isWindow: false }],
    ['a foreign page', { ...own, url: 'https://evil.example/' }],
    ['a frame that is gone', { ...own, url: null }],
  ])('refuses %s without calling the api or opening a dialog', async (_name, sender) => {
    let picked = false;
    const { api, transport } = connect(async () => {
      picked = true;
      return null;
    });
    for (const route of ['test.echo', 'desktop.pickFolder']) {
      const answer = await transport.answer(sender, { route, input: {} });
      expect(answer).toMatchObject({ ok: false, error: { code: 'UNAUTHORIZED' } });
    }
    expect(api.calls).toEqual([]);
    expect(picked).toBe(false);
  });

  it.each([undefined, null, 'x', [], {}, { route: 1 }, { route: 'a', more: 1 }])(
    'refuses the message %j',
    async (message) => {
      const { transport } = connect();
      expect(await transport.answer(own, message)).toMatchObject({
        error: { code: 'INVALID_INPUT' },
      });
    },
  );

  it('picks a folder, and answers a picker that fails', async () => {
    const message = { route: 'desktop.pickFolder', input: {} };
    expect(await connect().transport.answer(own, message)).toEqual({ ok: true, data: '/picked' });
    const broken = connect(() => Promise.reject(new Error('no portal')));
    expect(await broken.transport.answer(own, message)).toMatchObject({
      error: { code: 'INTERNAL' },
    });
  });

  it('sends events a frame at a time, none after it is disposed of', async () => {
    const { api, batches, transport } = connect();
    api.emit(jobUpdated('a', 1));
    api.emit(jobUpdated('a', 2));
    await sleep(40);
    expect(batches).toEqual([[jobUpdated('a', 2)]]);
    api.emit(jobUpdated('a', 3));
    await transport.dispose();
    await sleep(40);
    expect(batches).toHaveLength(1);
    expect(api.listeners.size).toBe(0);
  });

  it('cancels what runs when its page goes', async () => {
    const { api, transport } = connect();
    const waiting = transport.answer(own, { route: 'test.wait' });
    transport.cancelAll();
    expect(await waiting).toMatchObject({ error: { code: 'CANCELLED' } });
    expect(api.cancelled).toBe(1);
  });
});
