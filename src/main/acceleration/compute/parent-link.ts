import { currentTrace } from '#main/core/trace.ts';
import type { LogLevel } from '#shared/settings/log-settings.ts';
import {
  type ChildLine,
  isWritten,
  type LogToParent,
  logLevelSchema,
  maxMessage,
} from './child-log.ts';

/** How a compute process talks to its parent. */
export type ParentLink = {
  send(message: unknown): void;
  /** Hears every message but those about the log. */
  onMessage(listener: (message: unknown) => void): void;
  /** Writes into the parent's log, as part of the trace that it is called in. */
  readonly log: LogToParent;
};

/** Electron's side of a utility process, as far as it is used; typed here so that Electron is not imported. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
};

/** Finds the parent, and ends this process when the parent is gone. */
export function linkToParent(): ParentLink {
  const { send, listen } = transport();
  // Until the parent says that it keeps a log, nothing is written.
  let least: LogLevel | null = null;
  return {
    send,
    onMessage: (listener) =>
      listen((message) => {
        const told = logLevelSchema.safeParse(message);
        if (told.success) least = told.data.level;
        else listener(message);
      }),
    log: (level, message, fields = {}) => {
      if (least === null || !isWritten(level, least)) return;
      const [text, trace] = [message.slice(0, maxMessage), currentTrace()];
      send({ type: 'log', level, message: text, trace, fields } satisfies ChildLine);
    },
  };
}

function transport(): {
  readonly send: (message: unknown) => void;
  readonly listen: (listener: (message: unknown) => void) => void;
} {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    listen: (listener) => void process.on('message', listener),
  };
}
