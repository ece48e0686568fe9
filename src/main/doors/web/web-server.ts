import type { AddressInfo } from 'node:net';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { OmegaApi } from '#main/api/omega-api.ts';
import { maxFrameBytes, socketPath } from '#shared/wire.ts';
import { readPageFile } from '../transport/page-files.ts';
import { securityHeaders } from '../transport/security-headers.ts';
import { ClientConnection, type ConnectionLimits, connectionLimits } from './client-connection.ts';
import { noticePage } from './notice-page.ts';
import { judgeRequest } from './request-gate.ts';
import { sessionCookie } from './session-token.ts';

/** What a browser door needs. `port` 0 takes a free one; `drainMs` is how long a close waits for calls. */
export type WebServerOptions = {
  readonly api: OmegaApi;
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
      void notice(reply, 400, 'Not understood', 'The address is not valid; open the start page.');
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

/** Every request passes here first, upgrades and unknown paths included. */
function addGate(app: FastifyInstance, token: string, isClosing: () => boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const { headers } = request;
    const verdict = judgeRequest(
      {
        host: headers.host,
        origin: headers.origin,
        cookie: headers.cookie,
        fetchSite: single(headers['sec-fetch-site']),
        fetchMode: single(headers['sec-fetch-mode']),
        queryToken: queryToken(request),
      },
      { port: portOf(app), token },
    );
    if (!verdict.allowed) {
      const title = verdict.status === 401 ? 'This page needs its token' : 'Refused';
      return notice(reply, verdict.status, title, verdict.reason);
    }
    if (request.ws && request.routeOptions.url !== socketPath) {
      return notice(reply, 404, 'Not found', 'There is no socket here.');
    }
    if (isClosing()) return notice(reply, 503, 'Closing', 'Start Omega again and reload the page.');
    return undefined;
  });
}

function addPage(app: FastifyInstance, pageFolder: string, token: string): void {
  app.get('/*', async (request, reply) => {
    const path = request.raw.url?.split('?', 1)[0] ?? '/';
    if (path === '/' && queryToken(request) !== undefined) {
      // The address bar and the history must not keep the token: the cookie takes its place.
      return reply
        .header('set-cookie', sessionCookie(portOf(app), token))
        .header('cache-control', 'no-store')
        .redirect('/', 303);
    }
    const file = await readPageFile(pageFolder, path);
    if (file) {
      return reply
        .header('cache-control', file.cacheControl)
        .header('content-type', file.contentType)
        .send(file.body);
    }
    return path === '/'
      ? notice(reply, 503, 'Not built yet', 'Stop Omega and start it with "npm start".')
      : notice(reply, 404, 'Not found', 'There is nothing here; open the start page.');
  });
  app.setNotFoundHandler((_request, reply) =>
    notice(reply, 404, 'Not found', 'There is nothing here; open the start page.'),
  );
  app.setErrorHandler((_error, _request, reply) =>
    notice(reply, 500, 'Omega failed', 'Reload the page; if it stays, start Omega again.'),
  );
}

function notice(reply: FastifyReply, status: number, title: string, message: string) {
  return reply
    .code(status)
    .headers(securityHeaders)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(noticePage(title, message));
}

function queryToken(request: FastifyRequest): unknown {
  return (request.query as { readonly token?: unknown } | undefined)?.token;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}
