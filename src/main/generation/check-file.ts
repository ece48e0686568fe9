import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { GenerationPorts } from './ports.ts';
import { secretFindings } from './secret-findings.ts';
import type { FileToValidate } from './validation/judge.ts';
import { isSource } from './validation/source/is-source.ts';

/**
 * The findings of a file by its format; one of a format that is not known says so. Whatever its
 * format it is searched for secrets here, before it is shown as ready: every file that is proposed,
 * of a blueprint, of a model or of a person, comes by. `before` is what the file was until now, null
 * where nobody knows: text that tells no format any more, as while it is typed, is judged as what it was.
 */
export async function checkFile(
  ports: GenerationPorts,
  file: Omit<FileToValidate, 'format'>,
  signal: AbortSignal,
  before: string | null = null,
): Promise<Finding[]> {
  const found = await formatFindings(ports, file, signal, before);
  return [...found, ...(await secretFindings(file, found))];
}

async function formatFindings(
  ports: GenerationPorts,
  file: Omit<FileToValidate, 'format'>,
  signal: AbortSignal,
  before: string | null,
): Promise<readonly Finding[]> {
  // A report is prose: no tool reads it.
  if (file.path.endsWith('.md')) return [];
  const format =
    ports.detectFormat(file.path, file.content) ??
    (before === null ? null : ports.detectFormat(file.path, before)) ??
    (isSource(file.path) ? 'source' : null);
  if (format === null) {
    const message = `"${file.path}" is of no format that Omega validates; it was not checked.`;
    const url = ruleUrl('omega/format');
    return [{ rule: 'omega/format', severity: 'warning', line: 1, message, url }];
  }
  const { path, content, siblings } = file;
  return ports.validate({ path, content, siblings, format }, signal);
}
