import { quote, Report } from './report.ts';
import { judgeSecret } from './secrets.ts';
import type { Validator } from './validator.ts';

const url =
  'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax';
const assignment = /^(?:export\s+)?([^\s=:]+)\s*(?:[=:]\s*(.*))?$/;

/** Judges an env file, and above all an example of one, which is committed: lines that Compose refuses, and secrets. */
export const validateDotenv: Validator = async ({ path, content }) => {
  const report = new Report();
  const isExample = /\.env\.[\w.-]+$/.test(path);
  const first = new Map<string, number>();
  let openQuote: string | null = null;
  for (const [index, raw] of content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    if (openQuote !== null) {
      if (raw.includes(openQuote)) openQuote = null;
      continue;
    }
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, name, value = ''] = assignment.exec(text) ?? [];
    if (name === undefined || !/^[A-Za-z_][\w.-]*$/.test(name)) {
      const message = `${quote(text)} is no NAME=value line; Compose refuses the whole file.`;
      report.add('dotenv/syntax', 'error', line, message, url);
      continue;
    }
    openQuote = opens(value);
    const before = first.get(name);
    if (before === undefined) first.set(name, line);
    else {
      const message = `${name} stands on line ${before} as well; the last one wins. Keep one.`;
      report.add('dotenv/duplicate', 'warning', line, message, url);
    }
    const verdict = isExample ? judgeSecret(name, value.replace(/^(["'])(.*)\1$/, '$2')) : null;
    if (verdict !== null) {
      const message = `${name} holds what looks like a secret, in a file that is committed. Leave it empty here.`;
      report.add('dotenv/secret', verdict === 'certain' ? 'error' : 'warning', line, message, url);
    }
  }
  return report.findings;
};

/** The quote that a value opens and does not close on its line. */
function opens(value: string): string | null {
  const quoteMark = value[0];
  if (quoteMark !== '"' && quoteMark !== "'") return null;
  return value.indexOf(quoteMark, 1) === -1 ? quoteMark : null;
}
