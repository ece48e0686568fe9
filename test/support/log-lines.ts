import { existsSync, readFileSync } from 'node:fs';
import { olderLogs } from '#main/core/log/log-file.ts';
import { type LogRecord, parseLogLine } from '#main/core/log/log-record.ts';
import { logPath } from '#main/core/logger.ts';

/** Every record of the logs in a data folder, oldest first. */
export function logLines(folder: string): readonly LogRecord[] {
  return [...olderLogs(folder), logPath(folder)]
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
    .flatMap((line) => parseLogLine(line) ?? []);
}
