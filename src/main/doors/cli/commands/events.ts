import { OmegaError } from '#shared/error.ts';
import type { EventPattern } from '#shared/event-kinds.ts';
import type { JournaledEvent } from '#shared/events.ts';
import { eventText } from '../event-text.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';

/** What `omega events` is asked for. */
export type EventsOptions = {
  readonly types?: readonly EventPattern[];
  readonly limit: number;
  readonly follow?: true;
};

/** How long one call waits for the next event, in ms. */
const waitMs = 20_000;

/**
 * `omega events`: the latest events of every process of the data folder, oldest first. With
 * `--follow` it goes on until Ctrl-C or until nobody reads any more.
 */
export async function eventsCommand(session: Session, options: EventsOptions): Promise<ExitCode> {
  const { terminal } = session;
  const types = options.types ? { types: [...options.types] } : {};
  const latest = await session.call('event.list', { ...types, limit: options.limit });
  if (!options.follow) {
    terminal.json(latest);
    if (latest.length === 0) terminal.note('No such event is kept.');
    for (const event of latest) terminal.line(eventText(event, terminal));
    return exitCodes.fine;
  }
  print(session, latest);
  let after = latest.at(-1)?.seq ?? 0;
  const until = AbortSignal.any([session.signal, terminal.readerLeft]);
  while (!until.aborted) {
    const next = await ended(session.call('event.list', { ...types, after, waitMs }, until));
    print(session, next);
    after = next.at(-1)?.seq ?? after;
  }
  return exitCodes.fine;
}

function print({ terminal }: Session, events: readonly JournaledEvent[]): void {
  for (const event of events) {
    terminal.jsonLine(event);
    terminal.line(eventText(event, terminal));
  }
}

/** The end is asked for, and is no error. */
async function ended(call: Promise<readonly JournaledEvent[]>): Promise<readonly JournaledEvent[]> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof OmegaError && error.code === 'CANCELLED') return [];
    throw error;
  }
}
