import { resolveWithin } from '#main/core/resolve-within.ts';
import { readText } from '../../scan/read-text.ts';
import { judgeSecret } from '../../validation/secrets.ts';
import { isEnvFile } from './env-names.ts';
import { redactedMark } from './span.ts';

/** A secret of an env file, to be looked for elsewhere. */
export type KnownSecret = {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly value: string;
};

const maxBytes = 200_000;
const maxSecrets = 500;
const example = /example|sample|template|dist/i;
const assignment =
  /^\s*(?:export\s+)?([A-Za-z_][\w.-]{0,200})\s*=\s*(?:"([^"\n]{1,4096})"|'([^'\n]{1,4096})'|([^\s#"']{1,4096}))/;

/**
 * The secrets in the env files among `paths`: a value that another file repeats under a name that
 * says nothing is one all the same. Examples have none, and neither is a plain word one, which
 * would take that word out of everything.
 */
export async function knownSecrets(
  root: string,
  paths: readonly string[],
): Promise<readonly KnownSecret[]> {
  const found: KnownSecret[] = [];
  for (const path of paths.filter((one) => isEnvFile(one) && !example.test(one))) {
    const absolute = await resolveWithin(root, path).catch(() => null);
    const read = absolute === null ? null : await readText(absolute, maxBytes);
    if (!read?.ok) continue;
    for (const [index, line] of read.text.split(/\r?\n/).entries()) {
      const [, name = '', double, single, bare] = assignment.exec(line) ?? [];
      const value = (double ?? single ?? bare ?? '').trim();
      if (value.length < 8 || /^[a-z]+$/.test(value) || judgeSecret(name, value) === null) continue;
      found.push({ path, line: index + 1, name, value });
    }
  }
  // The longest first: one may be the beginning of another.
  return found.sort((one, other) => other.value.length - one.value.length).slice(0, maxSecrets);
}

/** A text without those secrets, and which of them stood in it. */
export function withoutSecrets(
  text: string,
  secrets: readonly KnownSecret[],
): { readonly text: string; readonly found: readonly KnownSecret[] } {
  let plain = text;
  const found = secrets.filter(({ value }) => {
    if (!plain.includes(value)) return false;
    plain = plain.replaceAll(value, redactedMark);
    return true;
  });
  return { text: plain, found };
}
