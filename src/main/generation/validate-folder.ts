import { isAbsolute, relative, resolve, sep } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { joinWithin } from '#main/core/relative-path.ts';
import type { Finding } from '#shared/artifact.ts';
import type { FileReport } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { GenerationPorts } from './ports.ts';

const maxFileBytes = 1_000_000;

/**
 * Validates files under a folder: those named (relative or absolute, within it), or every one that
 * the scan finds of a format that is known. A file that cannot be read is a finding of its own.
 */
export async function validateFolder(
  ports: GenerationPorts,
  root: string,
  paths: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<readonly FileReport[]> {
  const folder = await canonicalFolder(root);
  const wanted = paths ?? (await ports.scan(folder, { signal })).existing.map(({ path }) => path);
  const reports: FileReport[] = [];
  for (const path of new Set(wanted)) {
    throwIfCancelled(signal);
    const report = await validateOne(ports, folder, path, signal);
    if (paths !== undefined || report.kind !== 'unknown') reports.push(report);
  }
  return reports;
}

async function validateOne(
  ports: GenerationPorts,
  root: string,
  wanted: string,
  signal: AbortSignal,
): Promise<FileReport> {
  const path = isAbsolute(wanted) ? relative(root, wanted).split(sep).join('/') : wanted;
  let content: string;
  try {
    content = await readText(root, path);
  } catch (error) {
    if (!(error instanceof OmegaError)) throw error;
    return {
      path,
      kind: 'unreadable',
      findings: [finding('omega/readable', 'error', error.message)],
    };
  }
  const format = ports.detectFormat(path, content);
  if (format === null) {
    const message = `"${path}" is no Dockerfile, ignore file, Compose file or Kubernetes manifest; it was not checked.`;
    return { path, kind: 'unknown', findings: [finding('omega/format', 'info', message)] };
  }
  return { path, kind: format, findings: await ports.validate({ path, content, format }, signal) };
}

async function readText(root: string, path: string): Promise<string> {
  const file = await readBounded(resolve(joinWithin(root, path)), maxFileBytes);
  if (!file) throw new OmegaError('NOT_FOUND', `"${path}" does not exist in "${root}".`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch (error) {
    throw new OmegaError('NOT_READABLE', `"${path}" is not UTF-8 text; save it as UTF-8.`, {
      cause: error,
    });
  }
}

function finding(rule: string, severity: Finding['severity'], message: string): Finding {
  return { rule, severity, line: 1, message, url: null };
}
