import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder } from '#main/core/data-folder.ts';
import { LogReader } from '#main/core/log/log-reader.ts';
import {
  isWanted,
  type LogFilter,
  type LogRecord,
  parseLogLine,
} from '#main/core/log/log-record.ts';
import { logPath } from '#main/core/logger.ts';
import type { LogLevel } from '#shared/settings/log-settings.ts';
import { logLine } from '../print-log.ts';
import { printable, type Terminal } from '../terminal.ts';

/** How soon a new line is shown, in ms. */
const followMs = 200;

/** Options of `omega logs`. */
export type LogsOptions = {
  readonly follow?: true;
  readonly level?: LogLevel;
  readonly trace?: string;
  readonly lines: number;
};

/**
 * `omega logs`: the last records of the log, one a line; with `--follow` also those that come, until
 * Ctrl-C or until nobody reads. With `--json` a list, or one record a line where it follows. It opens
 * no store: it works where the data folder's store does not.
 */
export async function logsCommand(terminal: Terminal, options: LogsOptions): Promise<void> {
  const path = logPath(dataFolder());
  const filter: LogFilter = { level: options.level ?? null, trace: options.trace ?? null };
  const reader = new LogReader(path);
  try {
    const records = lastOf(reader, filter, options.lines);
    if (options.follow !== true) {
      terminal.json(records);
      if (records.length === 0) terminal.note(`omega: nothing of that in ${printable(path)}.`);
    }
    const show = (record: LogRecord): void => {
      terminal.line(logLine(record, terminal));
      if (options.follow === true) terminal.jsonLine(record);
    };
    for (const record of records) show(record);
    if (options.follow === true) await follow(reader, filter, show);
  } finally {
    reader.dispose();
  }
}

/** A ring, so that a long log takes no more memory than what is shown of it. */
function lastOf(reader: LogReader, filter: LogFilter, count: number): readonly LogRecord[] {
  const ring: LogRecord[] = [];
  let seen = 0;
  for (const record of wanted(reader, filter)) {
    if (count > 0) ring[seen % count] = record;
    seen += 1;
  }
  const start = seen > count ? seen % count : 0;
  return [...ring.slice(start), ...ring.slice(0, start)];
}

function* wanted(reader: LogReader, filter: LogFilter): Generator<LogRecord> {
  for (const line of reader.lines()) {
    const record = parseLogLine(line);
    if (record && isWanted(record, filter)) yield record;
  }
}

async function follow(
  reader: LogReader,
  filter: LogFilter,
  show: (record: LogRecord) => void,
): Promise<void> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  process.stdout.once('error', end);
  try {
    while (!ending.signal.aborted) {
      for (const record of wanted(reader, filter)) show(record);
      await sleep(followMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
    process.stdout.off('error', end);
  }
}
