import { isAbsolute, join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateApp } from '#main/doors/transport/app-location.ts';
import { pagePath } from '#main/doors/transport/page-files.ts';

describe('pagePath', () => {
  it('names the files of a build', () => {
    expect(pagePath('/')).toBe('index.html');
    expect(pagePath('/assets/index-Ab3_dE-9.js')).toBe('assets/index-Ab3_dE-9.js');
    expect(pagePath('/assets/%69ndex.css')).toBe('assets/index.css');
  });

  it('stays inside the folder, whatever the address', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      '%00',
      ':',
      'a',
    );
    const address = fc.oneof(
      fc.array(part).map((parts) => `/${parts.join('')}`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(address, (text) => {
        const path = pagePath(text);
        if (path === null) return;
        const inside = relative('/page', join('/page', path));
        expect(inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside)).toBe(false);
        expect(path).not.toMatch(/[\0\\:%]/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('locateApp', () => {
  it('finds the app from a folder deep inside it', () => {
    const { root, version } = locateApp(import.meta.dirname);
    expect(join(root, 'test/unit/doors/transport')).toBe(import.meta.dirname);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('says what to do where there is no app', () => {
    expect(() => locateApp('/')).toThrow('reinstall');
  });
});
