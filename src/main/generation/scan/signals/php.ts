import type { SourcePattern } from '../source-signals.ts';

/** What PHP sources give away. */
export const phpPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'env',
    pattern:
      /\b(?:get)?env\(\s*['"](?<name>[A-Z_][A-Z0-9_]*)['"]\s*(?:(?<fallback>,)|\)\s*(?:\?[:?]))?/g,
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
