import { throwIfCancelled } from '#main/core/abort.ts';
import type { ScanResult } from '#shared/scan.ts';
import { ProjectTexts } from '../engine/project-texts.ts';
import type { SurroundingsContext } from '../engine/surroundings.ts';
import type { KnownFile } from './said-index.ts';

/** Far more than real projects have; beyond it what lies first by path is read. */
const most = { texts: 500, bytes: 3_000_000 };

/** The infrastructure files of a project that can be read, and how many were left. Rejects with `CANCELLED`. */
export async function knownFiles(
  { storage }: Pick<SurroundingsContext, 'storage'>,
  project: ScanResult,
  signal: AbortSignal,
): Promise<{ readonly files: readonly KnownFile[]; readonly left: number }> {
  const kinds = new Map(project.existing.map(({ kind, path }) => [path, kind]));
  const { texts, left } = await new ProjectTexts(project, storage, most).of(
    [...kinds.keys()],
    signal,
  );
  throwIfCancelled(signal);
  const files = [...texts].map(([path, { content, isOurs }]) => ({
    ...{ path, content, isOurs, kind: kinds.get(path) ?? '' },
  }));
  return { files, left: left.length };
}
