import type { Finding } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { ruleUrl } from '#shared/rules.ts';
import { validateExternally } from './external/validate-externally.ts';
import type { FileToValidate } from './judge.ts';
import { judgeAnywhere } from './judge-anywhere.ts';
import { maxContentLength, sortFindings } from './report.ts';

export { detectFormat } from './detect-format.ts';

/**
 * Everything that our validators and the tools on the PATH say of one file, sorted by line. Bad
 * content never throws. Rejects with `CANCELLED` when `signal` aborts.
 */
export async function validateFile(
  file: FileToValidate,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  throwIfCancelled(signal);
  const { content } = file;
  if (content.length > maxContentLength) {
    const message = `The file has ${content.length} characters; at most ${maxContentLength} are judged. Split it.`;
    const url = ruleUrl('file/too-large');
    return [{ rule: 'file/too-large', severity: 'error', line: 1, message, url }];
  }
  const binaryAt = content.indexOf('\0');
  if (binaryAt >= 0) {
    const line = content.slice(0, binaryAt).split('\n').length;
    const message = 'The file has NUL bytes, so it is not text. Write it again as UTF-8.';
    const url = ruleUrl('file/binary');
    return [{ rule: 'file/binary', severity: 'error', line, message, url }];
  }
  const [own, external] = await Promise.all([
    judgeAnywhere(file, signal),
    validateExternally(file, signal),
  ]);
  throwIfCancelled(signal);
  return sortFindings([...own, ...external]);
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new OmegaError(
      'CANCELLED',
      'The validation was cancelled. Start it again to see findings.',
      {
        cause: signal.reason,
      },
    );
  }
}
