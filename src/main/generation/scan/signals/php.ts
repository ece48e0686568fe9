import type { SourcePattern } from '../source-signals.ts';
import { databaseChoices } from './database-choice.ts';

/** What PHP sources give away. */
export const phpPatterns: readonly SourcePattern[] = [
  ...databaseChoices,
  {
    // What Laravel's `env()` does not find is null, which its configuration takes; only this key it needs.
    fact: 'env',
    hint: 'APP_KEY',
    pattern: /\benv\(\s*['"](?<name>APP_KEY)['"]\s*\)/g,
  },
  {
    fact: 'env',
    hint: 'env(',
    pattern: /(?<![\w])env\(\s*['"](?<name>[A-Z_][A-Z0-9_]*)['"](?<fallback>)/g,
  },
  {
    fact: 'env',
    hint: 'getenv(',
    bare: true,
    pattern: /\bgetenv\(\s*['"](?<name>[A-Z_][A-Z0-9_]*)['"]\s*\)\s*(?<fallback>\?[:?])?/g,
  },
  {
    fact: 'env',
    hint: '$_',
    pattern:
      /\$_(?:ENV|SERVER)\[\s*['"](?<name>[A-Z][A-Z0-9]*_(?:URL|DSN|HOST|PORT|USER|PASSWORD|SECRET|KEY|TOKEN|ENV|NAME)|PORT)['"]\s*\]\s*(?<fallback>\?\?)?/g,
    value: (match) =>
      /^(?:HTTP|SERVER|REMOTE|REQUEST|SCRIPT|PHP)_/.test(match.groups?.name ?? '')
        ? null
        : (match.groups?.name ?? null),
  },
  { fact: 'health', hint: 'health:', pattern: /\bhealth:\s*'(?<value>\/[\w/-]+)'/g },
  {
    fact: 'health',
    hint: '/',
    pattern:
      /(?:::get|->get|Route)\(\s*['"](?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|up|status))['"]/g,
  },
];
