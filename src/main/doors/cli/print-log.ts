import { type LogRecord, levelName } from '#main/core/log/log-record.ts';
import type { LogLevel } from '#shared/settings/log-settings.ts';
import { printable, type Terminal } from './terminal.ts';

const colours = {
  debug: 'dim',
  info: 'cyan',
  warn: 'yellow',
  error: 'red',
} as const satisfies Record<LogLevel, string>;
const shownApart = new Set(['level', 'time', 'msg', 'pid', 'door', 'trace', 'err']);

/** One record of the log as one line for people: when, how bad, who, what, and its fields. */
export function logLine(record: LogRecord, { style }: Pick<Terminal, 'style'>): string {
  const level = levelName(record);
  const fields = Object.entries(record)
    .filter(([key]) => !shownApart.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  if (record.trace !== undefined) fields.push(`trace=${record.trace}`);
  const code = (record.err as { readonly code?: unknown } | undefined)?.code;
  if (code !== undefined) fields.push(`code=${String(code)}`);
  return [
    style('dim', whenOf(record)),
    style(colours[level], level.padEnd(5)),
    style('dim', printable(`${record.door ?? '-'}/${record.pid ?? '-'}`)),
    printable(record.msg),
    ...(fields.length > 0 ? [style('dim', printable(fields.join(' ')))] : []),
  ].join(' ');
}

/** Local time; the date too, since a log may be days old. */
function whenOf({ time }: LogRecord): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '-';
  const shifted = new Date(time - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 23).replace('T', ' ');
}
