import { type Redacted, type Redaction, redactedMark } from './span.ts';

/** In a comment a colon is part of a sentence. */
const assignment =
  /^(\s*(?:#[#\s]*(?:export\s+)?([A-Za-z_][\w.-]{0,200})\s*=|(?:export\s+)?([A-Za-z_][\w.-]{0,200})\s*[=:])\s*)(.*)$/;
const envFile = /^(?:\.env(?:rc)?(?:[.-].+)?|.+\.env|env\.(?:example|sample|template|dist))$/i;

/** Whether a file is one of environment variables, by its name; an example of one is too. */
export function isEnvFile(path: string): boolean {
  return envFile.test(path.slice(path.lastIndexOf('/') + 1));
}

/**
 * An env file's names without any value, those in comments too, on the lines where they stand; all
 * that is no assignment is left empty, since a value may go on over lines.
 */
export function envNames(text: string): Redacted {
  const redactions: Redaction[] = [];
  let openQuote: string | null = null;
  const lines = text.split(/\r?\n/).map((line, index) => {
    if (openQuote !== null) {
      if (line.includes(openQuote)) openQuote = null;
      return '';
    }
    const [, head = '', commented, plain, value = ''] = assignment.exec(line) ?? [];
    const name = commented ?? plain;
    if (name === undefined) return '';
    const said = value.trim();
    const opened = /^["'`]/.exec(said)?.[0];
    if (opened !== undefined && !head.includes('#') && !said.slice(1).includes(opened)) {
      openQuote = opened;
    }
    if (said === '') return head;
    redactions.push({ line: index + 1, what: `the value of ${name} in an env file` });
    return `${head}${redactedMark}`;
  });
  return { text: lines.join('\n'), redactions };
}
