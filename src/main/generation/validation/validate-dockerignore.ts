import { quote, Report } from './report.ts';
import type { Validator } from './validator.ts';

const url = 'https://docs.docker.com/build/concepts/context/#dockerignore-files';

/** Judges a `.dockerignore`: patterns that Docker refuses, and ones that leave out what is needed. */
export const validateDockerignore: Validator = async ({ content }) => {
  const report = new Report();
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  const excludes: { readonly pattern: string; readonly line: number }[] = [];
  let readmits = false;
  lines.forEach((text, index) => {
    const pattern = text.trim();
    if (pattern === '' || pattern.startsWith('#')) return;
    const line = index + 1;
    if (pattern === '!') {
      report.add(
        'dockerignore/invalid-pattern',
        'error',
        line,
        'An exclamation mark alone names nothing. Add the pattern to let in again.',
        url,
      );
    } else if (unclosedClass(pattern) || /(?:^|[^\\])\\$/.test(pattern)) {
      report.add(
        'dockerignore/invalid-pattern',
        'error',
        line,
        `Docker cannot read the pattern ${quote(pattern)}. Close its bracket or finish its escape.`,
        url,
      );
    } else if (pattern.startsWith('!')) readmits = true;
    else excludes.push({ pattern: pattern.replace(/^\/+|\/+$/g, ''), line });
  });
  for (const { pattern, line } of excludes) {
    if ((pattern === '*' || pattern === '**' || pattern === '.') && !readmits) {
      report.add(
        'dockerignore/excludes-all',
        'warning',
        line,
        'This leaves nothing to copy. Let in what the build needs with lines that begin with !.',
        url,
      );
    }
  }
  if (
    !excludes.some(({ pattern }) => /^(?:\*\*\/)?(?:\.git|\.\*|\*|\*\*|\.git\*)$/.test(pattern))
  ) {
    report.add(
      'dockerignore/git-folder',
      'info',
      1,
      'The .git folder is sent to every build. Add .git.',
      url,
    );
  }
  return report.findings;
};

/** Whether a character class is opened and never closed, read left to right as Go's filepath.Match. */
function unclosedClass(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === '[') {
      const close = pattern.indexOf(']', at + 2);
      if (close < 0) return true;
      at = close;
    }
  }
  return false;
}
