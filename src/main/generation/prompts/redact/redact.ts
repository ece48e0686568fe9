import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import { envNames, isEnvFile } from './env-names.ts';
import { ownSpans, privateKeys, type Writing } from './own-spans.ts';
import { pagesOf } from './pages.ts';
import { secretlintSpans } from './secretlint-spans.ts';
import { blackOut, type Redacted, type Span } from './span.ts';

/** Sources whose values are quoted; in all others a value may stand bare. */
const code =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|kts|scala|clj|cs|fs|php|exs?|swift|dart|hs|cr|zig|c|cc|cpp|h|hpp|vue|svelte|html?|gradle|lua|erb)$/i;

/**
 * A file's text without its secrets, by secretlint and by our own rules, each noted by line; of an env
 * file the names alone are left. Lines keep their numbers. Rejects with `CANCELLED`.
 */
export async function redact(path: string, text: string, signal: AbortSignal): Promise<Redacted> {
  throwIfCancelled(signal);
  const plain = text.replaceAll('\r\n', '\n');
  if (isEnvFile(path)) return envNames(plain);
  const writing: Writing = code.test(path) ? 'code' : 'data';
  const spans: Span[] = [...privateKeys(plain)];
  for (const { start, text: page } of pagesOf(plain)) {
    if (start > 0) await setImmediate();
    throwIfCancelled(signal);
    const found = [...ownSpans(page, writing), ...(await secretlintSpans(path, page))];
    for (const { start: from, end, what } of found) {
      spans.push({ start: start + from, end: start + end, what });
    }
  }
  return blackOut(plain, spans);
}
