import type { SourcePattern } from '../source-signals.ts';

/** What C# and F# sources give away. */
export const dotnetPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'GetEnvironmentVariable',
    pattern:
      /\bGetEnvironmentVariable\s*\(?\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)?\s*(?<fallback>\?\?)?/g,
  },
  {
    fact: 'env',
    hint: 'onfiguration[',
    pattern:
      /(?<!\bIsNullOr(?:Empty|WhiteSpace)\([\w.]{0,60})\b[cC]onfiguration\[\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\]\s*(?<fallback>\?\?|[=!]=|is\b)?/g,
  },
  {
    fact: 'env',
    hint: 'IsNullOr',
    pattern:
      /(?<fallback>\bIsNullOr(?:Empty|WhiteSpace)\((?<tested>[\w.]{0,60}))\b[cC]onfiguration\[\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  {
    fact: 'port',
    hint: '(',
    pattern: /\b(?:UseUrls|Urls\.Add|app\.Run|Run)\(\s*"http:\/\/[^":\n]*:(?<value>\d{2,5})/g,
  },
  { fact: 'port', hint: 'Listen', pattern: /\bListen(?:AnyIP|Localhost)\(\s*(?<value>\d{2,5})/g },
  {
    fact: 'port',
    hint: 'IPAddress',
    pattern: /\bListen\(\s*IPAddress\.\w+\s*,\s*(?<value>\d{2,5})/g,
  },
  {
    fact: 'health',
    hint: 'MapHealthChecks',
    pattern: /\bMapHealthChecks\(\s*"(?<value>\/[\w/-]*)"/g,
    // Often only for the developer's machine, where it says nothing of a deployed service.
    value: (match) =>
      match.input
        ?.slice(Math.max(0, (match.index ?? 0) - 600), match.index)
        .includes('IsDevelopment()')
        ? null
        : (match.groups?.value ?? null),
  },
];
