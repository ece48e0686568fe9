import { z } from 'zod';
import type { OmegaEvent } from './contract.ts';

/** The kind of an event: `memory.stored`. */
export type EventKind = OmegaEvent['type'];

/** A kind, or all kinds of a noun: `memory.*`. */
export type EventPattern =
  | EventKind
  | (EventKind extends infer K
      ? K extends `${infer Noun}.${string}`
        ? `${Noun}.*`
        : never
      : never);

/**
 * Every kind, and who it is for: what the page alone needs comes often and says nothing afterwards,
 * so that the journal leaves it out. The type refuses a list that lacks a kind.
 */
const audiences: Readonly<Record<EventKind, 'all' | 'page'>> = {
  'system.started': 'all',
  'system.shutdown': 'all',
  'runtime.state': 'all',
  'health.changed': 'all',
  'health.check.failed': 'all',
  'breaker.changed': 'all',
  'degradation.entered': 'all',
  'degradation.left': 'all',
  'memory.stored': 'all',
  'memory.retrieved': 'all',
  'memory.updated': 'all',
  'memory.deleted': 'all',
  'memory.evicted': 'all',
  'memory.consolidated': 'all',
  'vector.stored': 'all',
  'vector.deleted': 'all',
  'episode.stored': 'all',
  'skill.created': 'all',
  'skill.used': 'all',
  'causal.added': 'all',
  'intelligence.created': 'all',
  'intelligence.applied': 'all',
  'intelligence.rolled-back': 'all',
  'intelligence.searched': 'page',
  'loop.cycle.started': 'all',
  'loop.cycle.completed': 'all',
  'loop.error': 'all',
  'metrics.collected': 'all',
  error: 'all',
  'scan.progress': 'page',
  'run.updated': 'all',
  'job.updated': 'page',
  'proposal.updated': 'all',
  'proposal.streamed': 'page',
  'calls.changed': 'page',
  'providers.changed': 'all',
  'projects.changed': 'all',
  'warmup.progress': 'page',
  'connection.changed': 'page',
  'config.changed': 'all',
};

/** Every kind of event. */
export const eventKinds = Object.keys(audiences) as readonly EventKind[];

/** The kinds that the journal keeps. */
export const journaledKinds: ReadonlySet<EventKind> = new Set(
  eventKinds.filter((kind) => audiences[kind] === 'all'),
);

/** The kinds that some patterns stand for; a pattern that stands for none adds none. */
export function kindsOf(patterns: readonly string[]): ReadonlySet<EventKind> {
  return new Set(eventKinds.filter((kind) => patterns.some((pattern) => stands(pattern, kind))));
}

/** Whether a text is a pattern that stands for a kind which the journal keeps. */
export function isJournaledPattern(text: string): text is EventPattern {
  return [...journaledKinds].some((kind) => stands(text, kind));
}

/** A pattern as it comes through a door; one that nothing could match is refused, not answered with nothing. */
export const journaledPatternSchema = z
  .string()
  .max(100)
  .refine(isJournaledPattern, 'Give kinds of events such as memory.stored, error or memory.*');

function stands(pattern: string, kind: EventKind): boolean {
  return pattern === kind || (pattern.endsWith('.*') && kind.startsWith(pattern.slice(0, -1)));
}
