import { describe, expect, it } from 'vitest';
import { pageOrigin } from '#main/doors/desktop/page-origin.ts';
import { isPermitted } from '#main/doors/desktop/page-permissions.ts';

const page = pageOrigin(true, undefined);
const copy = {
  permission: 'clipboard-sanitized-write',
  address: 'app://omega/',
  isMainFrame: true,
};

describe('isPermitted', () => {
  it('lets the own page copy text, or its copy buttons would do nothing', () => {
    expect(isPermitted(copy, page)).toBe(true);
  });

  it.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'fileSystem', 'unknown', ''])(
    'denies %s',
    (permission) => {
      expect(isPermitted({ ...copy, permission }, page)).toBe(false);
    },
  );

  it.each(['https://evil.example/', 'app://other/', 'file:///tmp/x.html', 'null', ''])(
    'denies it to %j',
    (address) => {
      expect(isPermitted({ ...copy, address }, page)).toBe(false);
    },
  );

  it('denies it to a frame within the page', () => {
    expect(isPermitted({ ...copy, isMainFrame: false }, page)).toBe(false);
  });
});
