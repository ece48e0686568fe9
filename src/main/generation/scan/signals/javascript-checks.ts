import type { SourcePattern } from '../source-signals.ts';

const env = String.raw`(?:process\.env|import\.meta\.env|Bun\.env)`;
const name = String.raw`(?:\.(?<name>[A-Z_][A-Z0-9_]*)\b|\[\s*["'](?<quoted>[A-Z_][A-Z0-9_]*)["']\s*\])`;

const nameOf = (match: RegExpMatchArray): string | null =>
  match.groups?.name ?? match.groups?.quoted ?? match.groups?.asked ?? null;

/** Places where JavaScript refuses to run without a variable: these make it required. */
export const javascriptChecks: readonly SourcePattern[] = [
  {
    // if (!process.env.X) throw …; also after at most two statements that say so.
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`\bif\s*\(\s*!\s*${env}${name}\s*\)\s*(?:\{\s*(?:(?!return\b)[^{};\n]{1,160}[;\n]\s{0,40}){0,2})?(?:throw\b|(?:process|Deno)\.exit\()`,
      'g',
    ),
    value: nameOf,
  },
  {
    // const x = process.env.X; and soon after: if (!x) throw …
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`^(?:export\s+)?(?:const|let|var)\s+(?<held>\w{1,60})(?:\s*:\s*[\w |]{1,40})?\s*=\s*(?:${env}${name}|Deno\.env\.get\(\s*["'](?<asked>[A-Z_][A-Z0-9_]*)["']\s*\));?[ \t]*\r?\n(?:[^\n]{0,200}\n){0,3}?if\s*\(\s*!\s*\k<held>\s*\)\s*(?:\{\s*(?:(?!return\b)[^{};\n]{1,160}[;\n]\s{0,40}){0,2})?(?:throw\b|(?:process|Deno)\.exit\()`,
      'gm',
    ),
    value: nameOf,
  },
  {
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`\b(?:assert|assert\.ok|invariant|tinyInvariant)\(\s*${env}${name}\s*[,)]`,
      'g',
    ),
    value: nameOf,
  },
  {
    // requireEnv('X') where the module loads; in a function it may be of use to some set-ups only
    fact: 'env',
    hint: '(',
    bare: true,
    pattern:
      /(?:(?<needed>^(?:(?:export\s+)?(?:const|let|var)\s[^\n=(]{1,60}=\s*|[ \t]{1,8}\w{1,60}:\s*))|\b)(?:(?:require|getRequired|required|must|mustGet|assert|ensure)Env(?:Var|Variable)?|(?:getE|e)nv(?:Var)?OrThrow)\(\s*["'](?<name>[A-Z_][A-Z0-9_]*)["']/gm,
    value: nameOf,
  },
  {
    // const required = ['X', 'Y'], in a file that looks its variables up by name
    fact: 'env',
    hint: 'process.env[',
    pattern:
      /["'](?<name>[A-Z][A-Z0-9_]{2,80})["'](?=[^[\]]{0,600}\])(?<=\b(?:required|REQUIRED|mandatory)\w{0,30}\s{0,3}[=(:]\s{0,3}\[[^[\]]{0,600})/g,
  },
];
