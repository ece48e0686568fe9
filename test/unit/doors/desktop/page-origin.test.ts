import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { externalLink } from '#main/doors/desktop/external-link.ts';
import { isOwnAddress, pageOrigin } from '#main/doors/desktop/page-origin.ts';

const built = pageOrigin(true, undefined);
const dev = pageOrigin(false, 'http://localhost:5173');

describe('pageOrigin', () => {
  it.each([
    [true, 'http://localhost:5173'],
    [false, 'https://evil.example'],
    [false, 'http://localhost.evil.example:5173'],
    [false, 'file:///tmp/page.html'],
    [false, 'not an address'],
    [false, ''],
    [false, undefined],
  ])('shows the built page when packaged is %s and the server %s', (isPackaged, server) => {
    expect(pageOrigin(isPackaged, server)).toEqual({ url: 'app://omega/', isDevServer: false });
  });

  it('shows the development server of this machine', () => {
    expect(dev).toEqual({ url: 'http://localhost:5173', isDevServer: true });
  });
});

describe('isOwnAddress', () => {
  it.each(['app://omega/', 'app://omega/index.html#/runs', 'app://omega'])(
    'takes %s',
    (address) => {
      expect(isOwnAddress(address, built)).toBe(true);
    },
  );

  it.each([
    'app://other/',
    'app://omega.evil.example/',
    'app://user@omega/',
    'app://omega:1/',
    'file:///omega/',
    'https://omega/',
    'data:text/html,x',
    'about:blank',
    '',
    'http://localhost:5173/',
  ])('refuses %s', (address) => {
    expect(isOwnAddress(address, built)).toBe(false);
  });

  it('compares the development server exactly', () => {
    expect(isOwnAddress('http://localhost:5173/x', dev)).toBe(true);
    expect(isOwnAddress('http://localhost:5174/', dev)).toBe(false);
    expect(isOwnAddress('http://127.0.0.1:5173/', dev)).toBe(false);
    expect(isOwnAddress('https://localhost:5173/', dev)).toBe(false);
    expect(isOwnAddress('app://omega/', dev)).toBe(false);
  });
});

describe('externalLink', () => {
  it('takes https addresses', () => {
    expect(externalLink('https://docs.docker.com/reference/')).toBe(
      'https://docs.docker.com/reference/',
    );
  });

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'smb://host/share',
    'https://user:secret@example.org/',
    `https://example.org/${'x'.repeat(2048)}`,
    'https://',
    '',
  ])('refuses %.40s', (address) => {
    expect(externalLink(address)).toBeNull();
  });

  it('lets nothing but https through, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }));
    fc.assert(
      fc.property(text, (address) => {
        const link = externalLink(address);
        expect(link === null || link.startsWith('https://')).toBe(true);
      }),
    );
  });
});
