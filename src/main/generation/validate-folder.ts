import { isAbsolute, relative, resolve, sep } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { joinWithin } from '#main/core/relative-path.ts';
import type { FileReport, Finding } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { type OwnRule, ruleUrl } from '#shared/rules.ts';
import type { Ignored } from '#shared/scan.ts';
import type { GenerationPorts } from './ports.ts';
import { mayBeManifest } from './scan/existing-files.ts';
import { SiblingFiles } from './sibling-files.ts';

/** Kinds of files in a scan that have validators. */
const judged: ReadonlySet<string> = new Set([
  'dockerfile',
  'dockerignore',
  'compose',
  'kubernetes',
  'kustomize',
  'helm',
  'chart-file',
  'terraform',
  'github-actions',
  'gitlab-ci',
  'prometheus',
  'prometheus-rules',
  'collector',
  'grafana',
  'kyverno',
]);

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
  if (paths) return validateAll(ports, folder, paths, signal);
  const project = await ports.scan(folder, { signal });
  const wanted = project.existing.filter(({ kind }) => judged.has(kind)).map(({ path }) => path);
  const reports = await validateAll(ports, folder, wanted, signal);
  return [
    ...reports.filter(({ kind }) => kind !== 'unknown'),
    ...passedOver(ports, project.ignored, new Set(wanted)),
  ];
}

async function validateAll(
  ports: GenerationPorts,
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  const siblings = new SiblingFiles(folder, signal);
  for (const path of new Set(paths)) {
    throwIfCancelled(signal);
    reports.push(await validateOne(ports, folder, path, siblings, signal));
  }
  return reports;
}

/** Files of a known format that the scan could not read (a link out of the project, a huge file). */
function passedOver(
  ports: GenerationPorts,
  ignored: readonly Ignored[],
  done: ReadonlySet<string>,
): readonly FileReport[] {
  return ignored
    .filter(({ path, problem }) => problem && !done.has(path))
    .filter(({ path }) => ports.detectFormat(path, '') !== null || mayBeManifest(path))
    .map(({ path, reason }) => ({
      path,
      kind: 'unreadable',
      findings: [finding('omega/readable', 'error', `"${path}" was not checked: ${reason}.`)],
    }));
}

async function validateOne(
  ports: GenerationPorts,
  root: string,
  wanted: string,
  siblings: SiblingFiles,
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
    const message = `"${path}" is of no format that Omega validates; it was not checked.`;
    return { path, kind: 'unknown', findings: [finding('omega/format', 'info', message)] };
  }
  const file = { path, content, format, siblings: await siblings.of(path, format) };
  return { path, kind: format, findings: await ports.validate(file, signal) };
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

function finding(rule: OwnRule, severity: Finding['severity'], message: string): Finding {
  return { rule, severity, line: 1, message, url: ruleUrl(rule) };
}
