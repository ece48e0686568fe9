import { setTimeout as sleep } from 'node:timers/promises';
import type { AppApi } from '#main/api/create-api.ts';
import { currentTrace } from '#main/core/trace.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { Job } from '#shared/run.ts';

/** An api for tests of the doors: echoes, waits until cancelled, throws, and emits what it is told. */
export class StandInApi implements AppApi {
  readonly calls: { route: string; input: unknown }[] = [];
  readonly listeners = new Set<(event: OmegaEvent) => void>();
  cancelled = 0;
  finished = 0;
  disposed = 0;

  async call(route: string, input: unknown, signal?: AbortSignal) {
    this.calls.push({ route, input });
    if (route === 'test.wait') {
      try {
        await sleep(10_000, undefined, { signal });
      } catch {
        this.cancelled += 1;
        const error = { code: 'CANCELLED', message: 'Cancelled.', retryable: true } as const;
        return { ok: false, error } as const;
      }
    }
    if (route === 'test.trace') return { ok: true, data: currentTrace() } as const;
    if (route === 'test.slow') await sleep(200);
    if (route === 'test.throw') throw new Error('a bug behind the door');
    if (route === 'test.large') return { ok: true, data: 'x'.repeat(1_000_000) } as const;
    if (route === 'test.unknown') {
      const error = { code: 'NOT_FOUND', message: 'No such route.', retryable: false } as const;
      return { ok: false, error } as const;
    }
    this.finished += 1;
    return { ok: true, data: input ?? null } as const;
  }

  listen(listener: (event: OmegaEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: OmegaEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  async dispose(): Promise<void> {
    this.disposed += 1;
  }
}

/** A job as an event carries it; `files` tells one update from the next. */
export function jobUpdated(id: string, files: number): OmegaEvent {
  const job: Job = {
    id,
    runId: 'run',
    root: '/project',
    service: null,
    kind: 'dockerfile',
    state: 'running',
    startedAt: 0,
    endedAt: null,
    chunk: null,
    error: null,
    files,
    errors: 0,
    warnings: 0,
    usage: null,
    workMs: null,
  };
  return { type: 'job.updated', job };
}
