import type { Finding } from '#shared/artifact.ts';
import { validateCompose } from './compose/validate-compose.ts';
import { validateDockerfile } from './dockerfile/validate-dockerfile.ts';
import { validateKubernetes } from './kubernetes/validate-kubernetes.ts';
import { validateDockerignore } from './validate-dockerignore.ts';
import { validateDotenv } from './validate-dotenv.ts';
import type { FileFormat, Validator } from './validator.ts';

/** A file to judge: `path` is relative to the project's root. */
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

const never = new AbortController().signal;

/**
 * What our own validators say of one file, unsorted. It holds the thread that it runs in, for about
 * 2 ms a kilobyte, and needs nothing but its input, so that a pool's thread can run it: there it has
 * no `signal`, and is cancelled by ending the thread.
 */
export function judge(
  { path, content, format }: FileToValidate,
  signal: AbortSignal = never,
): Promise<readonly Finding[]> {
  return builtIn[format]({ path, content }, signal);
}
