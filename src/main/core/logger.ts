import { join } from 'node:path';
import { multistream, type Logger as PinoLogger, pino } from 'pino';
import { configDefaults } from '#shared/config.ts';
import type { LogSettings } from '#shared/settings/log-settings.ts';
import { ensureFolder } from './data-folder.ts';
import type { AsyncResource } from './disposable.ts';
import { LogFile, type LogLimits } from './log/log-file.ts';
import { redactFields, redactText } from './log/redact.ts';
import { currentTrace } from './trace.ts';

/** What writes the app's log. */
export type Logger = PinoLogger;

/** A log that was opened. */
export type OpenLog = {
  readonly logger: Logger;
  readonly resource: AsyncResource;
  /** Takes up settings, from the next line on. */
  readonly apply: (settings: LogSettings) => void;
};

/** Longest line; a message that makes it longer is cut. */
const maxLine = 64_000;

/** The path of the log in a data folder; older ones lie beside it. */
export function logPath(folder: string): string {
  return join(folder, 'omega.log');
}

/**
 * Opens the log `omega.log` in the data folder; warnings and worse go to stderr too. A line is JSON:
 * time (ms since 1970), level (20 debug, 30 info, 40 warning, 50 error), pid, the door, the trace that
 * it belongs to. Secrets are replaced. File contents are never logged, paths and codes are.
 */
export function openLogger(
  folder: string,
  { door = 'none', settings = configDefaults.log }: { door?: string; settings?: LogSettings } = {},
): OpenLog {
  ensureFolder(folder);
  const file = new LogFile(logPath(folder), limits(settings));
  const logger = pino(
    {
      level: settings.level,
      base: { pid: process.pid, door },
      mixin: () => {
        const trace = currentTrace();
        return trace === null ? {} : { trace };
      },
      formatters: { log: redactFields, bindings: redactFields },
      // The formatter has made plain data of errors already.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: (line) => redactText(line.length > maxLine ? shortened(line) : line) },
    },
    multistream([
      { level: 'trace', stream: file },
      { level: 'warn', stream: { write: writeToStderr } },
    ]),
  );
  return {
    logger,
    resource: file,
    apply: (next) => {
      logger.level = next.level;
      file.limits = limits(next);
    },
  };
}

function limits({ maxMb, keep }: LogSettings): LogLimits {
  return { maxBytes: maxMb * 1e6, keep };
}

function shortened(line: string): string {
  const { msg = '', ...rest } = JSON.parse(line) as { msg?: string };
  const fields = JSON.stringify(rest).length > maxLine ? { cut: true, ...headOf(rest) } : rest;
  return `${JSON.stringify({ ...fields, msg: msg.slice(0, 8_000) })}\n`;
}

function headOf(record: object): object {
  const head = ['level', 'time', 'pid', 'door', 'trace'];
  return Object.fromEntries(Object.entries(record).filter(([key]) => head.includes(key)));
}

function writeToStderr(line: string): void {
  const { level, msg } = JSON.parse(line) as { level: number; msg?: string };
  process.stderr.write(`omega: ${level >= 50 ? 'error' : 'warning'}: ${msg ?? 'see the log'}\n`);
}
