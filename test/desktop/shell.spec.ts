import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { OmegaBridge } from '../../src/shared/contract.ts';
import { electronBinary } from './electron-binary.ts';

type PageWindow = { readonly omega: OmegaBridge };

const binary = electronBinary();
const root = resolve(import.meta.dirname, '../..');

test.describe('the desktop shell', () => {
  test.skip(binary === null, "Electron's binary is not installed on this machine.");
  test.skip(
    process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY,
    'There is no display on this machine; run it under xvfb-run.',
  );
  test.describe.configure({ mode: 'serial' });

  let home: string;
  let app: ElectronApplication;
  let page: Page;

  // Chromium refuses to run its sandbox as root; renderers keep their own `sandbox: true`.
  const args = [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const env = (): Record<string, string> => {
    const { ELECTRON_RENDERER_URL: _dev, ELECTRON_RUN_AS_NODE: _node, ...rest } = process.env;
    return { ...(rest as Record<string, string>), OMEGA_HOME: home };
  };

  test.beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'omega-desktop-'));
    app = await _electron.launch({ executablePath: binary ?? '', args, env: env() });
    page = await app.firstWindow();
    await page.waitForLoadState('load');
  });

  test.afterAll(async () => {
    await app?.close();
    if (home) await rm(home, { recursive: true, force: true });
  });

  test('shows the built page from its own origin and answers its calls', async () => {
    expect(page.url()).toMatch(/^app:\/\/omega\//);
    const info = await page.evaluate(() => {
      const { omega } = globalThis as unknown as PageWindow;
      return omega.call('app.info', {});
    });
    expect(info).toMatchObject({ ok: true, data: { door: 'desktop', dataFolder: home } });
  });

  test('answers a wrong call with a typed error', async () => {
    const answer = await page.evaluate(() => {
      const { omega } = globalThis as unknown as PageWindow;
      return omega.call('no.such' as 'app.info', {});
    });
    expect(answer).toMatchObject({ ok: false });
  });

  test('gives the page nothing of Node, and runs it isolated and sandboxed', async () => {
    const found = await page.evaluate(() => {
      const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer'];
      return names.filter((name) => name in globalThis);
    });
    expect(found).toEqual([]);
    const preferences = await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      const prefs = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      const { contextIsolation, sandbox, nodeIntegration, webviewTag } = prefs;
      return { contextIsolation, sandbox, nodeIntegration, webviewTag };
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    });
    expect(preferences.webviewTag).not.toBe(true);
  });

  test('runs no inline script', async () => {
    const ran = await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      return 'inlineRan' in globalThis;
    })()`);
    expect(ran).toBe(false);
  });

  test('serves nothing from outside the built page', async () => {
    const status = await page.evaluate(async () => {
      const response = await fetch('app://omega/..%2f..%2fpackage.json');
      return response.status;
    });
    expect(status).toBe(404);
  });

  test('opens no window and leaves its page for nothing', async () => {
    const before = page.url();
    await page.evaluate(`(() => {
      window.open('http://127.0.0.1:9/');
      window.location.href = 'http://127.0.0.1:9/';
    })()`);
    await page.waitForTimeout(300);
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toBe(before);
  });

  test('grants no permission', async () => {
    const states = await page.evaluate(`Promise.all(
      ['geolocation', 'notifications', 'camera'].map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    )`);
    expect(states).not.toContain('granted');
  });

  test('runs once for a data folder', async () => {
    const second = spawn(binary ?? '', args, { env: env(), stdio: 'ignore' });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(app.windows()).toHaveLength(1);
  });

  test('quits cleanly', async () => {
    const exited = once(app.process(), 'exit');
    await app.evaluate(({ app: electron }) => {
      setTimeout(() => electron.quit(), 0);
    });
    const [code] = await exited;
    expect(code).toBe(0);
  });
});
