import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, multistream, type Logger as PinoLogger, pino } from 'pino';
import { ensureFolder } from './data-folder.ts';
import type { AsyncResource } from './disposable.ts';

/** What writes the app's log. */
export type Logger = PinoLogger;

/** Bytes after which a start begins a new log; one older log is kept. */
const maxLogBytes = 5_000_000;

/** Keys whose values never reach the log, at the top level and one below. */
const secretKeys = ['token', 'key', 'apiKey', 'password', 'secret', 'authorization', 'cookie'];

/**
 * Opens the log `omega.log` in the data folder; warnings and worse go to stderr too. Writes are
 * synchronous, so that a crash loses no line. File contents are never logged, paths and codes are.
 */
export function openLogger(folder: string): { logger: Logger; resource: AsyncResource } {
  ensureFolder(folder);
  const file = join(folder, 'omega.log');
  rotate(file);
  const stream = destination({ dest: file, sync: true, mode: 0o600 });
  // A full disk must not take the app down with its log.
  stream.on('error', () => undefined);
  const logger = pino(
    {
      level: 'info',
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), remove: true },
    },
    multistream([
      { level: 'info', stream },
      { level: 'warn', stream: { write: writeToStderr } },
    ]),
  );
  return { logger, resource: { dispose: () => stream.end() } };
}

function writeToStderr(line: string): void {
  const { level, msg } = JSON.parse(line) as { level: number; msg?: string };
  process.stderr.write(`omega: ${level >= 50 ? 'error' : 'warning'}: ${msg ?? 'see the log'}\n`);
}

function rotate(file: string): void {
  try {
    if (statSync(file).size > maxLogBytes) renameSync(file, `${file}.1`);
  } catch {
    // No log yet, or one that cannot be moved: then it goes on growing.
  }
}
