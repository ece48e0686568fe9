import type { HealthStatus } from './health.ts';
import type { DomainName } from './intelligence.ts';
import type { CycleTrigger, LoopType } from './loops.ts';
import type { ConsolidationReport, MemoryTier } from './memory.ts';
import type { DegradationLevel, RuntimeMetrics, RuntimeState, StopReport } from './runtime.ts';

/** What happens inside the runtime. Kinds are `noun.what-happened`. */
export type RuntimeEvent =
  | { readonly type: 'system.started' }
  | { readonly type: 'system.shutdown'; readonly report: StopReport }
  | {
      readonly type: 'runtime.state';
      readonly state: RuntimeState;
      readonly previous: RuntimeState;
    }
  | {
      readonly type: 'health.changed';
      readonly subsystem: string;
      readonly status: HealthStatus;
      readonly previous: HealthStatus;
      readonly reason: string | null;
    }
  | { readonly type: 'health.check.failed'; readonly subsystem: string; readonly error: string }
  | {
      readonly type: 'breaker.changed';
      readonly subsystem: string;
      readonly state: 'closed' | 'open' | 'half-open';
    }
  | {
      readonly type: 'degradation.entered' | 'degradation.left';
      readonly subsystem: string;
      readonly level: DegradationLevel;
      readonly reason: string;
    }
  | {
      readonly type: 'memory.stored';
      readonly id: string;
      readonly tier: MemoryTier;
      readonly bytes: number;
    }
  | { readonly type: 'memory.retrieved'; readonly ids: readonly string[] }
  | { readonly type: 'memory.updated' | 'memory.deleted'; readonly id: string }
  | {
      readonly type: 'memory.evicted';
      readonly tier: MemoryTier;
      readonly count: number;
      readonly why: 'expired' | 'capacity';
    }
  | { readonly type: 'memory.consolidated'; readonly report: ConsolidationReport }
  | {
      readonly type: 'vector.stored' | 'vector.deleted';
      readonly collection: string;
      readonly id: string;
    }
  | { readonly type: 'episode.stored'; readonly id: string; readonly task: string }
  | {
      readonly type: 'skill.created';
      readonly id: string;
      readonly name: string;
      readonly version: number;
    }
  | { readonly type: 'skill.used'; readonly id: string; readonly success: boolean }
  | { readonly type: 'causal.added'; readonly cause: string; readonly effect: string }
  | {
      readonly type: 'intelligence.created' | 'intelligence.applied';
      readonly id: string;
      readonly domain: DomainName;
    }
  | {
      readonly type: 'intelligence.rolled-back';
      readonly id: string;
      readonly domain: DomainName;
      readonly reason: string;
    }
  /** A measurement of a search that goes on. */
  | {
      readonly type: 'intelligence.searched';
      readonly id: string;
      readonly domain: DomainName;
      readonly evaluations: number;
      /** The best score so far; null before the first. */
      readonly best: number | null;
    }
  | {
      readonly type: 'loop.cycle.started';
      readonly loop: LoopType;
      readonly cycleId: string;
      readonly trigger: CycleTrigger;
    }
  | {
      readonly type: 'loop.cycle.completed';
      readonly loop: LoopType;
      readonly cycleId: string;
      readonly durationMs: number;
      readonly success: boolean;
    }
  /** A cycle that failed, or one that could not begin or be kept: then without an id. */
  | {
      readonly type: 'loop.error';
      readonly loop: LoopType;
      readonly cycleId: string | null;
      readonly code: string;
      readonly message: string;
    }
  /** After a round of trials, where calls were made since the one before. */
  | { readonly type: 'metrics.collected'; readonly metrics: RuntimeMetrics }
  /** A call that failed for good, after its retries. */
  | {
      readonly type: 'error';
      readonly component: string;
      readonly code: string;
      readonly message: string;
    };

/** An event as the bus stamps it. */
export type EventRecord<E extends { readonly type: string } = RuntimeEvent> = {
  /** Counts the events of this process from 1, without a gap. */
  readonly seq: number;
  /** When it was emitted, in ms since 1970. */
  readonly at: number;
  /** The call that it belongs to; null outside of any. */
  readonly traceId: string | null;
  readonly event: E;
};

/** A record as a reader gets it. */
export type DeliveredRecord<E extends { readonly type: string } = RuntimeEvent> = EventRecord<E> & {
  /** Records that this reader should have had before this one, and lost because it was slow. */
  readonly dropped: number;
};

/** An event of any process of a data folder, as the journal keeps it. */
export type JournaledEvent = {
  /** Counts the journal's rows; unlike that of an {@link EventRecord} it goes on after a restart. */
  readonly seq: number;
  /** When it was emitted, in ms since 1970. */
  readonly at: number;
  readonly traceId: string | null;
  /** The process that emitted it. */
  readonly instance: string;
  readonly type: string;
  /** The event's own fields; null where they were too large to keep. */
  readonly data: Readonly<Record<string, unknown>> | null;
};
