import type { HealthStatus } from './health.ts';
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
  | { readonly type: 'metrics.collected'; readonly metrics: RuntimeMetrics }
  /** A call that failed for good, after its retries. */
  | {
      readonly type: 'error';
      readonly component: string;
      readonly code: string;
      readonly message: string;
    };
