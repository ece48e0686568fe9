import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageResponse } from '#main/doors/desktop/page-response.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omega-page-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), 'page');
  await writeFile(join(folder, 'page', 'assets', 'font-Ab3_dE-9.woff2'), 'font');
  await writeFile(join(folder, 'secret.txt'), 'outside');
});
afterAll(() => rm(folder, { recursive: true }));

const get = (url: string, method = 'GET') => pageResponse(join(folder, 'page'), { method, url });

describe('pageResponse', () => {
  it('serves the page under a policy that allows no foreign script', async () => {
    const response = await get('app://omega/');
    expect(await response.text()).toBe('page');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/);
  });

  it('serves an asset with its type', async () => {
    const response = await get('app://omega/assets/font-Ab3_dE-9.woff2');
    expect(response.headers.get('content-type')).toBe('font/woff2');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    ['app://omega/../secret.txt', 404],
    ['app://omega/%2e%2e%2fsecret.txt', 404],
    ['app://omega/..%5csecret.txt', 404],
    ['app://omega/%00', 404],
    ['app://omega/%zz', 404],
    ['app://omega/missing.js', 404],
    ['app://other/', 403],
    ['file:///index.html', 403],
    ['nonsense', 403],
  ])('answers %s with %i', async (url, status) => {
    const response = await get(url);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  it('takes GET only', async () => {
    expect((await get('app://omega/', 'POST')).status).toBe(403);
  });
});
