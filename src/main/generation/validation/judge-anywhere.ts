import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { workedElsewhere } from '#main/providers/gate/job-meter.ts';
import type { Finding } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { ruleUrl } from '#shared/rules.ts';
import { type FileToValidate, judge } from './judge.ts';
import { isKustomization } from './kustomization/build/project-files.ts';
import type { FileFormat, TextFile } from './validator.ts';

/** From this length on, in UTF-16 code units and with its siblings, a file is judged in a thread; a
 * shorter one takes about a frame (16 ms) at most. */
const threadLength = 8_000;

/**
 * Formats that are judged in a thread however short the file is. A chart's regular expressions can
 * hold it for ever: only a thread is ended. The schemas of the others take a quarter of a second to
 * be made ready, their first time.
 */
const alwaysInThread: ReadonlySet<FileFormat> = new Set(['helm', 'compose', 'gitlab-ci']);

/** Longest that one file is judged in a thread, in milliseconds. */
const judgeTimeoutMs = 30_000;

const judgeInThread = blocking<typeof import('./judge.ts'), 'judge'>(
  new URL('./judge.ts', import.meta.url),
  'judge',
);

/**
 * What our validators say of a file: a short one here, a long one in a thread, so that the windows
 * and the other requests go on. One that takes too long is ended and gets a finding that says so.
 * Rejects with `CANCELLED` when `signal` aborts, and with `UNAVAILABLE` where too many files wait.
 */
export async function judgeAnywhere(
  file: FileToValidate,
  signal: AbortSignal,
  timeoutMs = judgeTimeoutMs,
): Promise<readonly Finding[]> {
  const { path, content, format } = file;
  const siblings = neededSiblings(file);
  const length = siblings.reduce((sum, one) => sum + one.content.length, content.length);
  if (length < threadLength && !alwaysInThread.has(format))
    return judge({ path, content, siblings, format }, signal);
  try {
    const judged = arun(judgeInThread, [{ path, content, siblings, format }], {
      signal,
      timeoutMs,
    });
    return await workedElsewhere(judged);
  } catch (error) {
    if (!(error instanceof OmegaError) || error.code !== 'TIMEOUT') throw error;
    const message = `The file was not judged to its end within ${timeoutMs / 1_000} s. Split it or make it simpler.`;
    const url = ruleUrl('file/too-slow');
    return [{ rule: 'file/too-slow', severity: 'error', line: 1, message, url }];
  }
}

/** A kind may write a file for each of hundreds of services: one is not given them all that looks at none. */
function neededSiblings({ format, siblings = [] }: FileToValidate): readonly TextFile[] {
  if (format === 'kubernetes') return siblings.filter(({ path }) => isKustomization(path));
  return ofSeveral.has(format) ? siblings : [];
}

const ofSeveral: ReadonlySet<FileFormat> = new Set(['helm', 'terraform', 'kustomization']);
