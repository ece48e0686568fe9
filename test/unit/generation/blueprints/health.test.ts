import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bashCheck, fetchCheck } from '#main/generation/blueprints/dockerfile/health.ts';
import { service } from './fixtures.ts';

let server: Server;
let status = 200;
beforeEach(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url === '/up?full=1' ? status : 404;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => server.close());

/** Exit code of a check, run as Docker would, against the local server. */
async function exitOf(argv: readonly string[]): Promise<number> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

const checks = {
  fetch: (of: ReturnType<typeof service>, port: number) =>
    fetchCheck([process.execPath, '-e'], of, port),
  bash: bashCheck,
};

describe.each(Object.entries(checks))('health check by %s', (_name, check) => {
  const port = () => (server.address() as AddressInfo).port;

  it('passes when the health path answers, and fails when it does not', async () => {
    const of = service({ healthPath: '/up?full=1' });
    status = 200;
    expect(await exitOf(check(of, port()))).toBe(0);
    status = 503;
    expect(await exitOf(check(of, port()))).not.toBe(0);
  });

  it('asks only whether the port answers where no health path is known', async () => {
    expect(await exitOf(check(service({ healthPath: null }), port()))).toBe(0);
  });

  it('fails when nothing listens', async () => {
    const free = port();
    server.close();
    await once(server, 'close');
    expect(await exitOf(check(service({ healthPath: null }), free))).not.toBe(0);
  });
});
