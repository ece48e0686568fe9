import websocket from '@fastify/websocket';
import fastify from 'fastify';
import type { AppApi } from '#main/api/create-api.ts';
import { maxFrameBytes, socketPath } from '#shared/wire.ts';
import { ClientConnection, type ConnectionLimits, connectionLimits } from './client-connection.ts';
import { sendNotice } from './notice-page.ts';
import { addGate, addPage, portOf } from './page-routes.ts';

/** What a browser door needs. `port` 0 takes a free one; `drainMs` is how long a close waits for calls. */
export type WebServerOptions = {
  readonly api: AppApi;
  readonly port: number;
  readonly token: string;
  readonly pageFolder: string;
  readonly drainMs?: number;
  readonly limits?: ConnectionLimits;
};

/** A browser door that is open. */
export type WebServer = {
  readonly port: number;
  /** The address that lets a browser in; holds the token. */
  readonly address: string;
  /** Takes no new connection, waits for calls in flight, closes; the api stays open. */
  close(): Promise<void>;
};

/** Opens the browser door on 127.0.0.1; rejects with `EADDRINUSE` and its like where it cannot listen. */
export async function openWebServer(options: WebServerOptions): Promise<WebServer> {
  const { token, drainMs = 5000 } = options;
  const app = fastify({
    logger: false,
    bodyLimit: 1024,
    exposeHeadRoutes: true,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2048 },
    frameworkErrors: (_error, _request, reply) => {
      void sendNotice(
        reply,
        400,
        'Not understood',
        'The address is not valid; open the start page.',
      );
    },
  });
  const connections = new Set<ClientConnection>();
  await app.register(websocket, {
    options: { maxPayload: maxFrameBytes, perMessageDeflate: false },
    preClose: (done) => {
      void Promise.all([...connections].map((connection) => connection.close())).then(() => done());
    },
  });
  let closing = false;
  addGate(app, token, () => closing);
  addPage(app, options.pageFolder, token);
  app.get(socketPath, { websocket: true }, (socket) => {
    const connection = new ClientConnection(
      socket,
      options.api,
      options.limits ?? connectionLimits,
    );
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  await app.listen({ host: '127.0.0.1', port: options.port });
  const port = portOf(app);
  return {
    port,
    address: `http://127.0.0.1:${port}/?token=${token}`,
    close: async () => {
      closing = true;
      await Promise.race([
        Promise.all([...connections].map((connection) => connection.drain())),
        new Promise((resolve) => setTimeout(resolve, drainMs).unref()),
      ]);
      await app.close();
    },
  };
}
