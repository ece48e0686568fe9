import type { SourcePattern } from '../source-signals.ts';

/** How Go sources read the environment. */
export const goEnvPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'Getenv',
    pattern:
      /(?<fallback>\bcmp\.Or\(\s*|\bif\s[^\n]{0,160})?\bos\.Getenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?:\s*\)\s*(?<test>(?:\n\s*if\s+\w+\s*)?[!=]=\s*"))?/g,
    value: ({ groups }) => (groups?.test ? null : (groups?.name ?? null)),
  },
  {
    // x := os.Getenv("X"), and a look whether it is empty: what follows from that, the next pattern says
    fact: 'env',
    hint: 'Getenv',
    pattern:
      /\bos\.Getenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?<fallback>\s*\)\s*(?:\n\s*if\s+\w+\s*)?[!=]=\s*")/g,
  },
  {
    // if os.Getenv("X") == "" { log.Fatal(…) }, also by way of a variable
    fact: 'env',
    hint: 'Getenv',
    pattern:
      /\bos\.Getenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)\s*(?:;\s*\w+\s*|\n\s*if\s+(?:\w+\s*:=\s*)?\w+\s*)?(?:==\s*""|;?\s*len\(\w+\)\s*==\s*0)\s*\{\s*(?:[^{}\n]{1,160}\n\s*)?(?:(?:log|logger|slog|zap|logrus)\.\w*(?:Fatal|Panic)\w*\(|panic\(|os\.Exit\(|return\b[^\n]{0,60}(?:errors\.New|fmt\.Errorf|\w*[eE]rr\w*\())/g,
  },
  {
    fact: 'env',
    hint: 'LookupEnv',
    pattern: /\bos\.LookupEnv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?<fallback>)/g,
  },
  {
    fact: 'env',
    hint: 'nv',
    pattern:
      /(?<!\bos\.)\b(?:get|lookup)_?Env\w*\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?:\s*,\s*(?<fallback>[^)\n]*))?/gi,
  },
  {
    // mustGetEnv("X"), mustMapEnv(&target, "X"): helpers whose name says that they stop the program
    fact: 'env',
    hint: 'nv',
    pattern: /\bmust\w{0,20}Env\w*\(\s*(?:[\w.&]{1,80}\s*,\s*)?"(?<name>[A-Z_][A-Z0-9_]*)"/gi,
  },
  {
    fact: 'env',
    hint: 'env',
    pattern: /\b(?:env|envconfig):"(?<name>[A-Z_][A-Z0-9_]*)[^"`\n]*"[^`\n]*/g,
    value: (match) =>
      /(?:envDefault|default):"/i.test(match[0]) ? null : (match.groups?.name ?? null),
  },
  {
    fact: 'env',
    hint: 'efault:"',
    pattern:
      /\b(?:env|envconfig):"(?<name>[A-Z_][A-Z0-9_]*)[^"`\n]*"[^`\n]*(?<fallback>[dD]efault):"/g,
  },
  {
    fact: 'env',
    hint: 'BindEnv',
    pattern: /\bBindEnv\(\s*"[^"\n]*"\s*,\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  {
    fact: 'env',
    hint: 'EnvVar',
    pattern: /\bEnvVars?(?::\s*(?:\[\]string\{)?|\()\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?<fallback>)/g,
  },
];
