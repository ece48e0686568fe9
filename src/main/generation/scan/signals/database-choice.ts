import type { SourcePattern } from '../source-signals.ts';

/** Names by which sources ask which database to use. */
const name =
  '(?<name>DB|DATABASE|(?:[A-Z0-9]{1,20}_){0,3}(?:DB|DATABASE)_(?:TYPE|ENGINE|DRIVER|DIALECT|CLIENT|BACKEND|VENDOR|PROVIDER|ADAPTER|KIND))';

/** Words that sources call databases by, in quotes. */
const word =
  /["'\x60](?<word>postgres(?:ql)?|pg|pgsql|mysql2?|mariadb|mssql|sqlserver|sqlsrv|sqlite3?|better-sqlite3|django\.db\.backends\.\w{1,20})["'\x60]/g;

/** A variable that chooses the database, with the words that its file knows; null where there is no choice. */
function choice(match: RegExpMatchArray): string | null {
  const found = (match.input ?? '').slice(0, 100_000).matchAll(word);
  const words = new Set([...found].map(({ groups }) => groups?.word ?? ''));
  return words.size > 1 ? `${match.groups?.name}=${[...words].join(',')}` : null;
}

/** Reads of variables that choose the database, in the languages whose calls look alike. */
export const databaseChoices: readonly SourcePattern[] = [
  {
    fact: 'choice',
    hint: 'D',
    pattern: new RegExp(
      String.raw`(?:\b(?:getenv|Getenv|LookupEnv|environ\.get|env\w{0,12}|getEnv|get_env|ENV\.fetch|var)\(\s*|\b(?:environ|ENV|process\.env)\[\s*)["']${name}["']`,
      'g',
    ),
    value: choice,
  },
  {
    fact: 'choice',
    hint: 'process.env.',
    pattern: new RegExp(String.raw`\bprocess\.env\.${name}\b(?!_)`, 'g'),
    value: choice,
  },
];
