import type { EventKind } from '#shared/event-kinds.ts';
import type { JournaledEvent } from '#shared/events.ts';
import { printable, type Terminal } from './terminal.ts';

/** Characters of one line's fields. */
const maxChars = 300;

/** What matters of the kinds whose own fields are not plain values. */
const salient: Partial<Record<EventKind, readonly string[]>> = {
  'run.updated': ['run.id', 'run.state', 'run.failures'],
  'config.changed': ['view.problems'],
  'memory.consolidated': ['promoted', 'merged', 'decayed', 'expired', 'evicted'].map(
    (field) => `report.${field}`,
  ),
  'metrics.collected': ['memoryStores', 'memoryQueries', 'vectorSearches', 'avgQueryLatencyMs'].map(
    (field) => `metrics.${field}`,
  ),
};

/** Kinds that tell of a fault, and those that may. */
const alarming: Partial<Record<string, 'red' | 'yellow'>> = {
  error: 'red',
  'health.check.failed': 'red',
  'breaker.changed': 'yellow',
  'degradation.entered': 'yellow',
  'health.changed': 'yellow',
};

/** An event as one line: time (UTC), kind and the fields that matter; of a list, how long it is. */
export function eventText(event: JournaledEvent, terminal: Pick<Terminal, 'style'>): string {
  const time = new Date(event.at).toISOString().replace('T', ' ').slice(0, -1);
  const colour = alarming[event.type] ?? 'cyan';
  const kind = terminal.style(colour, printable(event.type).padEnd(20));
  return `${terminal.style('dim', time)} ${kind} ${printable(fieldsText(event))}`.trimEnd();
}

function fieldsText({ type, data }: JournaledEvent): string {
  if (data === null) return '(too large to be kept)';
  const names = salient[type as EventKind] ?? Object.keys(data);
  const texts = names.flatMap((name) => {
    const text = valueText(name.split('.').reduce(within, data));
    return text === null ? [] : [`${name.slice(name.indexOf('.') + 1)}=${text}`];
  });
  const all = texts.join(' ');
  return all.length > maxChars ? `${all.slice(0, maxChars)}…` : all;
}

function within(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name];
}

/** Null for what is not worth a word. */
function valueText(value: unknown): string | null {
  if (Array.isArray(value)) return String(value.length);
  if (typeof value === 'string') return /^[\w.:/@-]+$/.test(value) ? value : JSON.stringify(value);
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  return typeof value === 'boolean' ? String(value) : null;
}
