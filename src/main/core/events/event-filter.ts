import type { OmegaEvent } from '#shared/contract.ts';
import { type EventPattern, kindsOf } from '#shared/event-kinds.ts';

/** Which events someone wants: kinds and `noun.*`, or whatever a function says yes to. */
export type EventFilter = readonly EventPattern[] | ((event: OmegaEvent) => boolean);

/** Says whether an event is wanted; throws what the filter's own function throws. */
export type EventTest = (event: OmegaEvent) => boolean;

/** Makes the test of a filter once, so that each event costs one look; without a filter all pass. */
export function testOf(filter: EventFilter | undefined): EventTest {
  if (filter === undefined) return () => true;
  if (typeof filter === 'function') return filter;
  const kinds = kindsOf(filter);
  return ({ type }) => kinds.has(type);
}
