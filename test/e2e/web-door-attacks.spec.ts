import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { openDoor, type TestDoor, token } from '../integration/doors/web/door.ts';

/**
 * A user who has the app open in a tab visits a hostile page in the same browser. What the door
 * refuses by header is tested elsewhere; this catches what browsers do that raw requests do not.
 */
test.describe('a hostile page in the same browser', () => {
  let door: TestDoor;
  let foreign: Server;
  let foreignPort: number;

  test.beforeAll(async () => {
    door = await openDoor();
    foreign = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>foreign</title>');
    });
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    foreignPort = (foreign.address() as AddressInfo).port;
  });
  test.afterAll(async () => {
    await new Promise((resolve) => foreign.close(resolve));
    await door.close();
  });
  test.beforeEach(async ({ page }) => {
    await page.goto(door.server.address);
    await expect(page).toHaveTitle('page');
  });

  const visit = (page: Page, host = '127.0.0.1') => page.goto(`http://${host}:${foreignPort}/`);

  test('the address loses the token, and a reload still works', async ({ page }) => {
    expect(page.url()).toBe(`http://127.0.0.1:${door.server.port}/`);
    await page.reload();
    await expect(page).toHaveTitle('page');
    expect(await page.evaluate(() => document.cookie)).not.toContain(token);
  });

  test('the own page connects', async ({ page }) => {
    expect(await connects(page, door.server.port)).toBe(true);
  });

  for (const host of ['127.0.0.1', 'localhost']) {
    test(`a page at ${host} cannot connect, read or frame`, async ({ page }) => {
      const { port } = door.server;
      await visit(page, host);
      expect(await connects(page, port)).toBe(false);
      const read = await page.evaluate(
        (url) =>
          fetch(url, { credentials: 'include' }).then(
            () => true,
            () => false,
          ),
        `http://127.0.0.1:${port}/`,
      );
      expect(read).toBe(false);
      const script = await page.evaluate(
        (url) =>
          new Promise((resolve) => {
            const element = document.createElement('script');
            element.type = 'text/javascript';
            element.src = url;
            element.onload = () => resolve(true);
            element.onerror = () => resolve(false);
            document.head.append(element);
          }),
        `http://127.0.0.1:${port}/assets/index-Ab3_dE-9.js`,
      );
      expect(script).toBe(false);
      await page.evaluate((url) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      }, `http://127.0.0.1:${port}/`);
      await page.waitForTimeout(300);
      for (const frame of page.frames().slice(1)) expect(await frame.title()).not.toBe('page');
    });
  }

  test('the page runs no inline script', async ({ page }) => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      return 'inlineRan' in globalThis;
    });
    expect(ran).toBe(false);
  });
});

function connects(page: Page, port: number): Promise<boolean> {
  return page.evaluate(
    (url) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve(true);
        socket.onclose = () => resolve(false);
      }),
    `ws://127.0.0.1:${port}/ws`,
  );
}
