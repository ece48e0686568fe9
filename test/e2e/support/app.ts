import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, type Page } from '@playwright/test';

type Environment = Readonly<Record<string, string>>;

/** The built app in the browser door, on a data folder of its own. */
export type App = {
  /** The address that it printed, token included. */
  readonly address: string;
  /** Its data folder. */
  readonly home: string;
  /** A folder for the test's own projects; removed afterwards. */
  readonly folder: string;
  /** Ends the server's process and waits until it is gone. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same data, port and token, with more variables where they are given. */
  readonly start: (more?: Environment) => Promise<void>;
};

const token = 'e2e-token-of-a-fresh-test-run';
const startMs = 20_000;

/** The user `nobody`, as whom root can run the app: no permission is kept from root. */
const nobody = 65_534;

/** Tests that drive the real app: `app` is its process, `page` is open on it. */
export const test = base.extend<{
  app: App;
  page: Page;
  env: Environment;
  unprivileged: boolean;
}>({
  // More variables of the server's environment; `test.use({ env })` sets them.
  env: [{}, { option: true }],
  // Whether the app must be bound by the permissions of files.
  unprivileged: [false, { option: true }],
  app: async ({ env, unprivileged }, use) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'omega e2e ')));
    const home = join(folder, 'home');
    const asNobody = unprivileged && process.getuid?.() === 0;
    const options = { env, ...(asNobody ? { uid: nobody, gid: nobody } : {}) };
    if (asNobody) await chown(folder, nobody, nobody);
    let running = await startServer(home, 0, options);
    const { address } = running;
    const port = Number(new URL(address).port);
    const stop = () => stopServer(running.process);
    await use({
      address,
      home,
      folder,
      stop,
      start: async (more = {}) => {
        running = await startServer(home, port, { ...options, env: { ...env, ...more } });
      },
    });
    await stop();
    await rm(folder, { recursive: true, force: true });
  },
  page: async ({ page, app }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      // The browser itself reports each failed attempt to reconnect, and what it could not load ahead
      // while a test had the server stopped.
      const expected = /WebSocket connection|net::ERR_CONNECTION_REFUSED/.test(message.text());
      if (message.type() === 'error' && !expected) problems.push(message.text());
    });
    await page.goto(app.address);
    await use(page);
    if (problems.length > 0) throw new Error(`The page reported: ${problems.join('\n')}`);
  },
});

type ServerOptions = { readonly env: Environment; readonly uid?: number; readonly gid?: number };

async function startServer(home: string, port: number, options: ServerOptions) {
  const child = spawn(
    process.execPath,
    ['out/main/server.js', '--port', String(port || '')].slice(0, port ? 3 : 1),
    {
      ...options,
      env: { ...process.env, ...options.env, OMEGA_HOME: home, OMEGA_TOKEN: token },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  child.stderr.on('data', (data) => {
    log += String(data);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), startMs);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line);
      if (found) return { process: child, address: found[0] };
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`The server did not start. Run "npm run build" first. ${log}`);
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await once(child, 'exit');
  clearTimeout(timer);
}
