import { isAbsolute, relative, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinWithin } from '#main/core/relative-path.ts';
import { OmegaError } from '#shared/error.ts';

const root = `${sep}projects${sep}shop`;

function attempt(path: string): string | null {
  try {
    return joinWithin(root, path);
  } catch (error) {
    if (error instanceof OmegaError && error.code === 'REFUSED') return null;
    throw error;
  }
}

describe('joinWithin', () => {
  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/../../x',
    'a/..',
    '/etc/passwd',
    '\\\\server\\share',
    '\\x',
    'C:\\x',
    'C:x',
    'a\0b',
    'a\nb',
    '.git/config',
    'a/.GIT/hooks/x',
    '.git./x',
    '.git /x',
    'GIT~1/x',
    'con',
    'a/NUL.txt',
    'COM1',
    'lpt9.log',
    'Dockerfile.',
    'file::$DATA',
    'a//b',
    './a',
    'x'.repeat(1025),
  ])('refuses %j', (path) => {
    expect(attempt(path)).toBeNull();
  });

  it.each([
    'Dockerfile',
    '.dockerignore',
    'k8s/web.yaml',
    'a b/é"\'.yaml',
    '.github/x.yml',
    'console',
  ])('takes %j', (path) => {
    expect(attempt(path)).toBe([root, ...path.split('/')].join(sep));
  });

  it('never leads out of the root, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '', '/', '\\', '.git', 'a', ':', '\0', 'C:', '%2e%2e', '~'),
      fc.string(),
    );
    const path = fc
      .array(piece, { maxLength: 8 })
      .chain((pieces) => fc.constantFrom('/', '\\', '').map((joint) => pieces.join(joint)));
    fc.assert(
      fc.property(path, (text) => {
        const joined = attempt(text);
        if (joined === null) return;
        const back = relative(root, joined);
        expect(isAbsolute(back)).toBe(false);
        expect(back.split(sep)).not.toContain('..');
        expect(back.toLowerCase().split(sep)).not.toContain('.git');
        expect(back).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });
});
