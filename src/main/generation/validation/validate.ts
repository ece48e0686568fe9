import type { Finding } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { validateCompose } from './compose/validate-compose.ts';
import { validateDockerfile } from './dockerfile/validate-dockerfile.ts';
import { validateExternally } from './external/validate-externally.ts';
import { validateKubernetes } from './kubernetes/validate-kubernetes.ts';
import { maxContentLength, sortFindings } from './report.ts';
import { validateDockerignore } from './validate-dockerignore.ts';
import { validateDotenv } from './validate-dotenv.ts';
import type { FileFormat, Validator } from './validator.ts';

export { detectFormat } from './detect-format.ts';

/** What {@link validateFile} judges: `path` is relative to the project's root. */
export type FileToValidate = {
  readonly path: string;
  readonly content: string;
  readonly format: FileFormat;
};

const builtIn: Readonly<Record<FileFormat, Validator>> = {
  dockerfile: validateDockerfile,
  dockerignore: validateDockerignore,
  compose: validateCompose,
  dotenv: validateDotenv,
  kubernetes: validateKubernetes,
};

/**
 * Everything that our validators and the tools on the PATH say of one file, sorted by line. Bad
 * content never throws. Rejects with `CANCELLED` when `signal` aborts.
 */
export async function validateFile(
  file: FileToValidate,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  throwIfCancelled(signal);
  const { path, content, format } = file;
  if (content.length > maxContentLength) {
    const message = `The file has ${content.length} characters; at most ${maxContentLength} are judged. Split it.`;
    return [{ rule: 'file/too-large', severity: 'error', line: 1, message, url: null }];
  }
  const binaryAt = content.indexOf('\0');
  if (binaryAt >= 0) {
    const line = content.slice(0, binaryAt).split('\n').length;
    const message = 'The file has NUL bytes, so it is not text. Write it again as UTF-8.';
    return [{ rule: 'file/binary', severity: 'error', line, message, url: null }];
  }
  const [own, external] = await Promise.all([
    builtIn[format]({ path, content }, signal),
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
