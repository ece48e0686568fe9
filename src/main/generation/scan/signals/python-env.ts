import type { SourcePattern } from '../source-signals.ts';

const name = `["'](?<name>[A-Z_][A-Z0-9_]*)["']`;
/** The class around the last field asked about, and where the next begins: fields come in order. */
let around = { source: '', start: 0, next: 0 };

/** Where the class begins whose body holds this index, in a time that is linear over all fields of a file. */
function classStart(source: string, index: number): number {
  if (around.source !== source || index < around.start) around = { source, start: 0, next: -2 };
  if (around.next === -2) around.next = source.indexOf('\nclass ');
  while (around.next !== -1 && around.next < index) {
    around.start = around.next + 1;
    around.next = source.indexOf('\nclass ', around.start);
  }
  return around.start;
}

/** A field of a pydantic settings class, as the variable that sets it; null for any other class's field. */
function settingsField(match: RegExpMatchArray): string | null {
  const source = match.input ?? '';
  const start = classStart(source, match.index ?? 0);
  const header = source.slice(start, source.indexOf('\n', start));
  if (!/\bBaseSettings\b|\bAppSettings\b/.test(header)) return null;
  // A function's local variables are indented deeper; a dedented line ends the class.
  if (/\n[^\s#)]/.test(source.slice(start, match.index))) return null;
  const field = match.groups?.name ?? '';
  if (field === 'model_config') return null;
  const end = around.next;
  const body = source.slice(start, end === -1 ? source.length : end).slice(0, 20_000);
  const prefix = /\benv_prefix\s*=\s*["'](\w{0,40})["']/.exec(body)?.[1] ?? '';
  return `${prefix}${field}`.toUpperCase();
}

/** How Python sources read the environment. */
export const pythonEnvPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'environ[',
    pattern: new RegExp(String.raw`\benviron\[\s*${name}\s*\](?!\s*=(?!=))`, 'g'),
  },
  {
    fact: 'env',
    hint: 'env',
    bare: true,
    pattern: new RegExp(
      String.raw`\b(?:environ\.get|getenv)\(\s*${name}\s*(?<fallback>,(?!\s*None\s*\))|\)[ \t]*(?:or\b|and\b|[!=]=|is not None|if\b)|,\s*None\s*\)\s*or\b|(?<=\b(?:if|not|bool\()[^\n]{0,160})\))?`,
      'g',
    ),
  },
  {
    // if not os.getenv("X"): raise …
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`\bif not (?:os\.)?(?:environ\.get|getenv)\(\s*${name}\s*\)\s*:\s*(?:raise\b|sys\.exit\()`,
      'g',
    ),
  },
  {
    // A project's own helper around the environment: envbool("X", "True"), get_env_variable("X")
    fact: 'env',
    hint: 'env',
    bare: true,
    pattern: new RegExp(
      String.raw`\b(?:env_?(?:str|string|bool|int|float|list|secret|file|var)|get_?env_?(?:var|variable|value|str|bool|int|list|or_file)|get_from_env|(?:str|bool|int|list)_from_env)\(\s*${name}\s*(?<fallback>,)?`,
      'g',
    ),
  },
  {
    fact: 'env',
    hint: 'in os.environ',
    pattern: /["'](?<name>[A-Z_][A-Z0-9_]*)["'](?<fallback>\s+(?:not\s+)?in\s+os\.environ)/g,
  },
  {
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`\benv(?:\.(?:str|bool|int|float|list|dict|json|url|db|db_url|cache|cache_url|email_url|path|decimal|get_value))?\(\s*${name}(?:[^()\n]{0,80}?(?<fallback>default\s*=|,\s*["'\dTF\[]))?`,
      'g',
    ),
  },
  {
    fact: 'env',
    hint: 'config(',
    pattern: new RegExp(
      String.raw`\bconfig\(\s*${name}(?:[^()\n]{0,80}?(?<fallback>default\s*=))?`,
      'g',
    ),
  },
  {
    fact: 'env',
    hint: 'BaseSettings',
    pattern:
      /^(?: {4}|\t)(?<name>[A-Za-z][A-Za-z0-9_]*)[ \t]*:[ \t]*[^=\n#]{1,120}(?<fallback>=)?/gm,
    value: settingsField,
  },
  {
    fact: 'env',
    hint: 'dj_database_url.config(',
    pattern: /\bdj_database_url\.config\((?<fallback>)/g,
    value: () => 'DATABASE_URL',
  },
];
