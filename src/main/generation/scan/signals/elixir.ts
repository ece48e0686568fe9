import type { SourcePattern } from '../source-signals.ts';

/** What Elixir sources give away. */
export const elixirPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'get_env',
    pattern:
      /\bSystem\.get_env\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*(?:(?<fallback>,)|\))(?!\s*\|\|\s*raise)/g,
    value: (match) => (match.groups?.fallback === undefined ? null : (match.groups?.name ?? null)),
  },
  {
    fact: 'env',
    hint: 'get_env',
    pattern:
      /\bSystem\.get_env\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)(?:\s*\|\|\s*(?<raise>raise))?/g,
    value: (match) => (match.groups?.raise ? (match.groups?.name ?? null) : null),
  },
  {
    fact: 'env',
    hint: 'get_env',
    pattern:
      /\bSystem\.get_env\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?<fallback>\s*\))(?!\s*\|\|\s*raise)/g,
  },
  {
    fact: 'env',
    hint: 'fetch_env!',
    pattern: /\bSystem\.fetch_env!\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  {
    fact: 'port',
    hint: 'port',
    pattern:
      /\bBandit[^\n]{0,80}\bport:\s*(?<value>\d{4,5})|\bPlug\.Cowboy[^\n]{0,80}\bport:\s*(?<port>\d{4,5})/g,
    value: (match) => match.groups?.value ?? match.groups?.port ?? null,
  },
  {
    fact: 'entry',
    hint: ':gen_tcp.listen',
    pattern: /:gen_tcp\.listen\b/g,
    value: () => 'elixir-listen',
  },
  { fact: 'port', hint: ':gen_tcp.listen', pattern: /:gen_tcp\.listen\(\s*(?<value>\d{4,5})\b/g },
  {
    fact: 'default-port',
    hint: 'accept',
    pattern: /\baccept\w*\(\s*(?<value>\d{4,5})\s*[,)]/g,
  },
  { fact: 'default-port', hint: 'port:', pattern: /\bport:\s*(?<value>\d{4,5})\b/g },
  {
    fact: 'health',
    hint: 'get',
    pattern:
      /\bget\s*\(?\s*"(?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|up|status))"/g,
  },
];
