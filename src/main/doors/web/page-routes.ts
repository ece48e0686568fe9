import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { socketPath } from '#shared/wire.ts';
import { readPageFile } from '../transport/page-files.ts';
import { securityHeaders } from '../transport/security-headers.ts';
import { sendNotice } from './notice-page.ts';
import { judgeRequest } from './request-gate.ts';
import { sessionCookie } from './session-token.ts';

/** Every request passes here first, upgrades and unknown paths included. */
export function addGate(app: FastifyInstance, token: string, isClosing: () => boolean): void {
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
      return sendNotice(reply, verdict.status, title, verdict.reason);
    }
    if (request.ws && request.routeOptions.url !== socketPath) {
      return sendNotice(reply, 404, 'Not found', 'There is no socket here.');
    }
    if (isClosing())
      return sendNotice(reply, 503, 'Closing', 'Start Omega again and reload the page.');
    return undefined;
  });
}

/** Serves the built page to whom the gate lets in, and a notice for everything else. */
export function addPage(app: FastifyInstance, pageFolder: string, token: string): void {
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
      ? sendNotice(reply, 503, 'Not built yet', 'Stop Omega and start it with "npm start".')
      : sendNotice(reply, 404, 'Not found', 'There is nothing here; open the start page.');
  });
  app.setNotFoundHandler((_request, reply) =>
    sendNotice(reply, 404, 'Not found', 'There is nothing here; open the start page.'),
  );
  app.setErrorHandler((_error, _request, reply) =>
    sendNotice(reply, 500, 'Omega failed', 'Reload the page; if it stays, start Omega again.'),
  );
}

/** The port that the door listens on; it must be listening. */
export function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

function queryToken(request: FastifyRequest): unknown {
  return (request.query as { readonly token?: unknown } | undefined)?.token;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
