import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { workedElsewhere } from '#main/providers/gate/job-meter.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { TextFile } from '../../validation/validator.ts';
import type { Surroundings } from '../blueprint.ts';
import { addManifests, unreadManifests } from './authors-files.ts';

/** Characters that are parsed here, and in one call of a thread: its answer is read in this one. */
const fewCharacters = 3_000;
const perCall = 60_000;
/** Longest that one call takes, in ms. */
const timeoutMs = 120_000;

const readInThread = blocking<typeof import('./authors-files.ts'), 'readManifests'>(
  new URL('./authors-files.ts', import.meta.url),
  'readManifests',
);

/** By the texts that they are of: the jobs of a run's services wait for the same reading. */
const underWay = new WeakMap<Surroundings['texts'], Promise<void>>();

/** Has the author's manifests parsed in a thread where they are many. Rejects as `arun` does. */
export async function readAhead(
  project: ScanResult,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  const { texts, target } = surroundings;
  if (target.existing !== 'improve' || texts.size === 0) return;
  const before = underWay.get(texts);
  // A reading that another job began may have been cancelled with it.
  if (before) await before.catch(() => undefined);
  const unread = unreadManifests(project, surroundings);
  if (lengthOf(unread) < fewCharacters) return;
  const reading = read(project, unread, signal);
  underWay.set(texts, reading);
  await reading;
}

async function read(
  project: ScanResult,
  files: readonly TextFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const some of inCalls(files)) {
    addManifests(project, await workedElsewhere(arun(readInThread, [some], { signal, timeoutMs })));
  }
}

function inCalls(files: readonly TextFile[]): readonly (readonly TextFile[])[] {
  const calls: TextFile[][] = [];
  let left = 0;
  for (const file of files) {
    if (left < file.content.length || calls.length === 0) {
      calls.push([]);
      left = perCall;
    }
    calls.at(-1)?.push(file);
    left -= file.content.length;
  }
  return calls;
}

function lengthOf(files: readonly TextFile[]): number {
  return files.reduce((sum, { content }) => sum + content.length, 0);
}
