import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { OmegaError } from '#shared/error.ts';
import { checkConsistency } from './check-consistency.ts';
import type { ComparedFile } from './claim.ts';
import type { Comparison } from './compare-claims.ts';

/** From this length on, in UTF-16 code units, files are compared in a thread. */
const threadLength = 8_000;
const timeoutMs = 30_000;

const checkInThread = blocking<typeof import('./check-consistency.ts'), 'checkConsistency'>(
  new URL('./check-consistency.ts', import.meta.url),
  'checkConsistency',
);

/** What a template of a chart does takes any time; only a thread can be ended. */
const isTemplate = ({ path }: ComparedFile): boolean => /(?:^|\/)templates\//.test(path);

/** {@link checkConsistency}, in a thread where the files are long or hold a chart's templates. Files that
 * take longer than 30 s are not compared. Rejects with `CANCELLED`. */
export async function checkAnywhere(
  files: readonly ComparedFile[],
  signal: AbortSignal,
): Promise<Comparison> {
  const length = files.reduce((sum, { content }) => sum + content.length, 0);
  if (length < threadLength && !files.some(isTemplate)) return checkConsistency(files);
  const bare = files.map(({ path, content, service }) => ({ path, content, service }));
  try {
    return await arun(checkInThread, [bare], { signal, timeoutMs });
  } catch (error) {
    // What is built to be slow its own validator tells; the files stand without a comparison.
    if (!(error instanceof OmegaError) || error.code !== 'TIMEOUT') throw error;
    return { compared: 0, findings: [] };
  }
}
