import { words } from '../../validation/dockerfile/read-instructions.ts';
import { readDockerfile } from './dockerfile-text.ts';

/** Folders that an install within the image makes again. */
const madeAgain: Readonly<Record<string, readonly string[]>> = {
  javascript: ['**/node_modules'],
  typescript: ['**/node_modules'],
  python: ['**/__pycache__', '**/*.pyc', '**/.venv', '**/venv'],
};

/**
 * Patterns of `common` and those of the language that an ignore file beside an author's Dockerfile
 * can have: none that covers what it copies by name or what its build reads.
 */
export function safeIgnores(
  dockerfile: string,
  language: string,
  common: readonly string[],
): { readonly common: readonly string[]; readonly own: readonly string[] } {
  const file = readDockerfile(dockerfile);
  const all = file?.tree.stages.flatMap(({ instructions }) => instructions) ?? [];
  const copied = all
    .filter(
      ({ keyword, flags }) =>
        /^(?:COPY|ADD)$/.test(keyword) && !flags.some(({ name }) => name === 'from'),
    )
    .flatMap(({ args }) => words(args).slice(0, -1));
  const runs = all
    .filter(({ keyword }) => keyword === 'RUN')
    .map(({ args }) => args)
    .join('\n');
  const readsGit = /(?<![./\w-])git(?![-\w.])/.test(
    runs.replaceAll(/(?:install|add)[^&;|\n]*/g, ''),
  );
  const isFree = (pattern: string): boolean => {
    if (pattern.startsWith('#') || pattern.startsWith('!')) return true;
    const last = pattern.split('/').at(-1) ?? '';
    if (last === '.git' && readsGit) return false;
    const matches = new RegExp(
      `(?:^|/)${last.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]*')}(?:/|$)`,
    );
    return !copied.some((source) => matches.test(source));
  };
  const installs = /\b(?:npm|yarn|pnpm|bun|pip|poetry|uv)\b/.test(runs);
  const own = installs ? (madeAgain[language] ?? []) : [];
  return { common: common.filter(isFree), own: own.filter(isFree) };
}

/** Whether the Dockerfile copies whole folders of its context, so that an ignore file matters. */
export function copiesFolders(dockerfile: string): boolean {
  const all =
    readDockerfile(dockerfile)?.tree.stages.flatMap(({ instructions }) => instructions) ?? [];
  return all.some(
    ({ keyword, args, flags }) =>
      /^(?:COPY|ADD)$/.test(keyword) &&
      !flags.some(({ name }) => name === 'from') &&
      words(args)
        .slice(0, -1)
        .some((source) => /^\.?\/?$/.test(source)),
  );
}
