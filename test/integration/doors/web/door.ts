import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { ConnectionLimits } from '#main/doors/web/client-connection.ts';
import { openWebServer, type WebServer } from '#main/doors/web/web-server.ts';
import { StandInApi } from '../stand-in-api.ts';

/** The token of the doors that tests open. */
export const token = 'test-token-of-sufficient-length';

/** A real browser door on a free port over a small built page in a fresh folder. */
export type TestDoor = {
  readonly api: StandInApi;
  readonly server: WebServer;
  readonly pageFolder: string;
  readonly close: () => Promise<void>;
};

/** Opens a {@link TestDoor}. */
export async function openDoor(
  options: { readonly drainMs?: number; readonly limits?: ConnectionLimits } = {},
): Promise<TestDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'omega-door-'));
  const pageFolder = join(folder, 'renderer');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(pageFolder, 'assets', 'index-Ab3_dE-9.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'outside');
  const api = new StandInApi();
  const server = await openWebServer({ api, port: 0, token, pageFolder, ...options });
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true });
  };
  return { api, server, pageFolder, close };
}

/** What came back for one raw HTTP request. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

/** Sends a GET as is: no normalising of the path, any header, no following of redirects. */
export async function get(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** A raw client of the door: sends anything, keeps every frame it receives. */
export class Client {
  readonly socket: WebSocket;
  readonly frames: Record<string, unknown>[] = [];
  #changed = Promise.withResolvers<void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.#changed.resolve();
      this.#changed = Promise.withResolvers<void>();
    });
  }

  /** Opens a connection; rejects with the HTTP status where the door refuses it. */
  static async open(
    port: number,
    options: { path?: string; headers?: Record<string, string>; origin?: string } = {},
  ): Promise<Client> {
    const { path = '/ws', ...rest } = options;
    const headers = rest.headers ?? { cookie: `omega-${port}=${token}` };
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { ...rest, headers });
    const client = new Client(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_sent, response) => {
        socket.terminate();
        reject(new Error(String(response.statusCode)));
      });
      socket.once('error', reject);
    });
    return client;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Waits for the first frame that matches, seen or to come. */
  async next(matches: (frame: Record<string, unknown>) => boolean) {
    for (;;) {
      const found = this.frames.find(matches);
      if (found) return found;
      await this.#changed.promise;
    }
  }

  answer(id: number) {
    return this.next((frame) => frame.id === id);
  }

  /** Waits for the close and tells its code. */
  async closed(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) return -1;
    const [code] = await once(this.socket, 'close');
    return code;
  }
}
