import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { watch } from 'chokidar';
import type { AsyncResource } from '#main/core/disposable.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { stageFile, swapFile, syncFolder } from '#main/core/replace-file.ts';

const maxBytes = 256 * 1024;

/** Reads the file's text; empty where there is none. Throws `REFUSED` or `NOT_READABLE`. */
export async function readConfigFile(path: string): Promise<string> {
  const state = await readBounded(path, maxBytes);
  return state ? state.bytes.toString('utf8') : '';
}

/** Replaces the file in one step, keeping its mode. Throws `NO_SPACE` or `NOT_WRITABLE`. */
export async function writeConfigFile(path: string, text: string): Promise<void> {
  const before = await readBounded(path, maxBytes);
  const folder = dirname(path);
  const temp = join(folder, `.config-${randomUUID()}.tmp`);
  await stageFile(temp, Buffer.from(text), before);
  await swapFile(temp, path);
  await syncFolder(folder);
}

/** Calls `changed` after the file was written, made or removed, until disposed of. */
export function watchConfigFile(
  path: string,
  changed: () => void,
  failed: (error: unknown) => void,
): AsyncResource {
  // An editor may write in several steps: what counts is the file after 50 ms of rest.
  const awaitWriteFinish = { stabilityThreshold: 50, pollInterval: 20 };
  const watcher = watch(path, { ignoreInitial: true, persistent: false, awaitWriteFinish });
  // What was edited before the watch began is seen by reading once more.
  watcher.on('all', changed).on('ready', changed).on('error', failed);
  return { dispose: () => watcher.close() };
}
