import type { Provenance } from '#shared/artifact.ts';
import type { CallFigures } from '#shared/calls.ts';
import type { ModelProvider } from '#shared/providers.ts';
import {
  freshJob,
  type Job,
  type ProposalSummary,
  type Run,
  runRequestSchema,
} from '#shared/run.ts';
import type { Service } from '#shared/scan.ts';

/** A job of run `run-1` that waits; `change` replaces what a test is about. */
export function job(change: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    runId: 'run-1',
    root: '/shop',
    service: 'api',
    kind: 'dockerfile',
    ...freshJob,
    ...change,
  };
}

/** A run without jobs; `change` replaces what a test is about. */
export function run(change: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    state: 'running',
    request: runRequestSchema.parse({ roots: ['/shop'], kinds: ['dockerfile'] }),
    paused: null,
    createdAt: 0,
    endedAt: null,
    failures: [],
    jobs: [],
    ...change,
  };
}

/** An open proposal for a new file; `change` replaces what a test is about. */
export function proposal(change: Partial<ProposalSummary> = {}): ProposalSummary {
  return {
    id: 'p-1',
    runId: 'run-1',
    jobId: 'job-1',
    root: '/shop',
    service: 'api',
    kind: 'dockerfile',
    path: 'api/Dockerfile',
    replaces: false,
    state: 'open',
    findings: [],
    provenance: {
      origin: { type: 'blueprint', version: '1' },
      inputsHash: 'abc',
      createdAt: 0,
      memories: [],
    },
    ...change,
  };
}

/** The provenance of a file that a model of a provider made; `change` replaces parts of its origin. */
export function madeBy(
  provider: ModelProvider,
  change: Partial<Extract<Provenance['origin'], { readonly type: 'model' }>> = {},
): Provenance {
  return {
    origin: {
      type: 'model',
      provider,
      model: 'test-model',
      promptHash: 'abc',
      cached: false,
      repairs: 0,
      ...change,
    },
    inputsHash: 'abc',
    createdAt: 0,
    memories: [],
  };
}

/** Figures before the first call; `change` replaces what a test is about. */
export function figures(change: Partial<CallFigures> = {}): CallFigures {
  return {
    mode: 'async',
    inFlight: 0,
    queued: 0,
    allowed: 3,
    limit: 3,
    calls: 0,
    failed: 0,
    perSecond: 0,
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    unpriced: 0,
    cacheHits: 0,
    cacheMisses: 0,
    rateLimited: 0,
    retries: 0,
    savedMs: 0,
    syncMs: 0,
    slow: [],
    ...change,
  };
}

/** A service of which only name and language are known; `change` replaces what a test is about. */
export function service(change: Partial<Service> = {}): Service {
  return {
    name: 'api',
    path: 'api',
    context: 'api',
    language: 'python',
    runtimeVersion: null,
    framework: null,
    packageManager: null,
    kind: 'web',
    install: null,
    build: null,
    start: null,
    ports: [],
    backingServices: [],
    env: [],
    evidence: [],
    lockfile: null,
    output: null,
    healthPath: null,
    systemPackages: [],
    unknowns: [],
    ...change,
  };
}
