import { throwIfCancelled } from '#main/core/abort.ts';
import { followEvents } from '#main/storage/follow-events.ts';
import { kindsOf } from '#shared/event-kinds.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Events of all processes of the data folder, from the journal. */
export function eventHandlers({ storage: { events } }: ApiContext): HandlersOf<'event'> {
  return {
    'event.list': async ({ types, after, limit, waitMs }, signal) => {
      const kinds = types ? kindsOf(types) : null;
      if (after === undefined) return events.latest(kinds, limit);
      if (waitMs === 0) return events.after(after, kinds, limit);
      const until = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
      for await (const batch of followEvents(events, { after, kinds, limit, signal: until })) {
        return batch;
      }
      throwIfCancelled(signal);
      return [];
    },
  };
}
