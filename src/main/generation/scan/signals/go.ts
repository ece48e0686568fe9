import type { SourcePattern } from '../source-signals.ts';

/** What Go sources give away. */
export const goPatterns: readonly SourcePattern[] = [
  { fact: 'entry', hint: 'package main', pattern: /^package main\b/gm, value: () => 'go-main' },
  { fact: 'env', hint: 'Getenv', pattern: /\bos\.Getenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g },
  {
    fact: 'env',
    hint: 'LookupEnv',
    pattern: /\bos\.LookupEnv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?<fallback>)/g,
  },
  {
    fact: 'env',
    hint: 'nv(',
    pattern:
      /\b(?:get|lookup)Env\w*\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?:\s*,\s*(?<fallback>[^)\n]*))?/gi,
  },
  {
    fact: 'env',
    hint: 'env:"',
    pattern: /\benv:"(?<name>[A-Z_][A-Z0-9_]*)[^"`\n]*"(?:[^`\n]*(?<fallback>envDefault))?/g,
  },
  {
    fact: 'port',
    hint: 'isten',
    pattern:
      /\.(?:ListenAndServe(?:TLS)?|Listen)\(\s*(?:"tcp[46]?"\s*,\s*)?"[^":\n]*:(?<value>\d{2,5})"/g,
  },
  { fact: 'port', hint: '.Run(', pattern: /\.(?:Run|Start)\(\s*"[^":\n]*:(?<value>\d{2,5})"/g },
  { fact: 'port', hint: 'Addr', pattern: /\bAddr:\s*"[^":\n]*:(?<value>\d{2,5})"/g },
  { fact: 'port', hint: 'ort', pattern: /\b\w*[pP]ort\w*\s*:?=\s*":?(?<value>\d{2,5})"/g },
  {
    fact: 'health',
    hint: '/',
    pattern:
      /\(\s*"(?:GET )?(?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|up|status))"/g,
  },
];
