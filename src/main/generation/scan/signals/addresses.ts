import type { SourcePattern } from '../source-signals.ts';

const named = '(?<name>[A-Z][A-Z0-9_]{1,100})';
/** What stands between a variable and the value that is taken where it is not set. */
const instead =
  '(?:,|\\|\\||\\?\\?|\\?:|\\bor\\b|\\.unwrap_or(?:_else)?\\(\\s*(?:\\|_\\|\\s*)?)\\s*';

function defaultsOn(host: string): readonly SourcePattern[] {
  const address = `["'\`](?<address>http://${host.replaceAll('.', '\\.')}:\\d{2,5}[^\\s"'\`<>{}$\\\\]{0,200})["'\`]`;
  return [`["']${named}["']\\s*[\\])]{0,2}`, `\\.env\\.${named}`].map((variable) => ({
    fact: 'address',
    hint: `http://${host}:`,
    pattern: new RegExp(`${variable}\\s*${instead}${address}`, 'g'),
    value: ({ groups }) => `${groups?.name}=${groups?.address}`,
  }));
}

/**
 * In any language: a variable whose default is an address of the developer's own machine,
 * `os.getenv("STOCK_URL", "http://localhost:8002")`. The value is `NAME=address`.
 */
export const addressPatterns = [...defaultsOn('localhost'), ...defaultsOn('127.0.0.1')];
