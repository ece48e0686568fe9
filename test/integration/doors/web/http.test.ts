import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, openDoor, type TestDoor, token } from './door.ts';

let door: TestDoor;
let port: number;
let cookie: Record<string, string>;

beforeAll(async () => {
  door = await openDoor();
  port = door.server.port;
  cookie = { cookie: `omega-${port}=${token}` };
});
afterAll(() => door.close());

describe('the token', () => {
  it('lets the printed address in with a cookie and takes the token off the address', async () => {
    const address = new URL(door.server.address);
    const first = await get(port, address.pathname + address.search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const setCookie = String(first.headers['set-cookie']);
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
    const page = await get(port, '/', { cookie: setCookie.split(';')[0] ?? '' });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>page') });
  });

  it.each([
    ['none', '/', {}],
    ['a wrong one', '/?token=wrong-token-of-sufficient-length', {}],
    ['a prefix', `/?token=${token.slice(0, -1)}`, {}],
    ['two at once', `/?token=${token}&token=${token}`, {}],
    ['a wrong cookie', '/', { cookie: 'omega=x' }],
    ['none for an asset', '/assets/index-Ab3_dE-9.js', {}],
    ['none for an unknown path', '/nothing', {}],
  ])('refuses %s with 401 and says what to open', async (_name, path, headers) => {
    const answer = await get(port, path, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('printed in the terminal');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it("does not take another port's cookie", async () => {
    expect((await get(port, '/', { cookie: `omega-1=${token}` })).status).toBe(401);
  });
});

describe('foreign requests', () => {
  it.each([
    ['a rebound name', { host: 'evil.example' }],
    ['a rebound name with the port', () => ({ host: `evil.example:${port}` })],
    ['another port', { host: '127.0.0.1:1' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['a null Origin', { origin: 'null' }],
    ['another local app', { origin: 'http://127.0.0.1:1' }],
    ['a fetch of another site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
  ])('refuses %s with 403 although the cookie is right', async (_name, headers) => {
    const own = typeof headers === 'function' ? headers() : headers;
    const answer = await get(port, '/', { ...cookie, ...own } as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('takes its own Origin under both names', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const answer = await get(port, '/', { ...cookie, host, origin: `http://${host}` });
      expect(answer.status).toBe(200);
    }
  });
});

describe('files', () => {
  it('serves assets with their type, to be kept, and the page never to be kept', async () => {
    const asset = await get(port, '/assets/index-Ab3_dE-9.js', cookie);
    expect(asset.headers['content-type']).toMatch(/javascript/);
    expect(asset.headers['cache-control']).toContain('immutable');
    expect(asset.headers['x-content-type-options']).toBe('nosniff');
    const page = await get(port, '/', cookie);
    expect(page.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/..%252fsecret.txt',
    '/index.html%00.js',
    '/%00',
    '/%',
    '/%c0%ae%c0%ae/secret.txt',
    '//secret.txt',
    '/C:/secret.txt',
    '/.env',
    '/assets',
    '/assets/',
  ])('answers %s with an error, not a file', async (path) => {
    const answer = await get(port, path, cookie);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('outside');
    expect(answer.headers['content-security-policy']).toBeDefined();
  });

  it('does not follow a link out of the folder', async () => {
    await symlink('../secret.txt', join(door.pageFolder, 'link.txt'));
    expect((await get(port, '/link.txt', cookie)).status).toBe(404);
  });

  it('takes no other method', async () => {
    expect((await get(port, '/', cookie, 'POST')).status).toBe(404);
    expect((await get(port, '/', cookie, 'HEAD')).status).toBe(200);
  });
});
