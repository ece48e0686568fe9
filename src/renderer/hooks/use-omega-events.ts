import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OmegaEvent } from '#shared/contract.ts';
import type { Run } from '#shared/run.ts';
import type { WarmUpProgress } from '#shared/warm-up.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { keys } from '../bridge/query-keys.ts';
import { reduceRun } from '../model/reduce-run.ts';
import type { StreamStore } from '../model/stream-store.ts';
import type { Searched } from '../model/tuning-progress.ts';
import { useStreamStore } from './streams-context.ts';
import { configIsChanging } from './use-config.ts';

/** Lists are refetched at most this often (ms) while events pour in. */
const listPause = 400;
/** The same for proposals, of which a big run has thousands. */
const proposalsPause = 2000;
/** The same for what the cache holds, which changes with every call. */
const cachePause = 1000;

/** The same for loops, some of which have cycles as often as requests are made. */
const loopsPause = 1000;

/** Events after which loops are another. */
const changesLoops: ReadonlySet<OmegaEvent['type']> = new Set([
  'loop.cycle.started',
  'loop.cycle.completed',
  'config.changed',
]);

/** Events after which what was tuned is another. */
const changesIntelligences: ReadonlySet<OmegaEvent['type']> = new Set([
  'intelligence.created',
  'intelligence.applied',
  'intelligence.rolled-back',
]);

/** Events after which the runtime's health is another. */
const changesHealth: ReadonlySet<OmegaEvent['type']> = new Set([
  'runtime.state',
  'health.changed',
  'degradation.entered',
  'degradation.left',
  'breaker.changed',
]);

/** Carries the server's events into the query cache; the only place that listens. */
export function useOmegaEvents(): void {
  const bridge = useBridge();
  const client = useQueryClient();
  const streams = useStreamStore();
  useEffect(() => {
    const refresh = createRefresher(client);
    const stop = bridge.listen((events) => {
      applyEvents(client, events, refresh.soon);
      applyStreams(streams, events, refresh.soon);
    });
    return () => {
      stop();
      refresh.stop();
    };
  }, [bridge, client, streams]);
}

function applyEvents(
  client: QueryClient,
  events: readonly OmegaEvent[],
  soon: (key: QueryKey, pause?: number) => void,
): void {
  const runs = new Set<string>();
  for (const event of events) {
    if (event.type === 'connection.changed') {
      client.setQueryData(keys.connected, event.connected);
      // What was missed while away is unknown, so everything is asked for again.
      if (event.connected) void client.invalidateQueries();
    }
    if (event.type === 'config.changed' && !configIsChanging(client)) {
      client.setQueryData(keys.config, event.view);
    }
    if (event.type === 'warmup.progress') {
      const { type: _, ...progress } = event;
      client.setQueryData<WarmUpProgress>(keys.warmUp, progress);
    }
    if (event.type === 'calls.changed') {
      client.setQueryData(keys.callFigures, event.figures);
      soon(keys.cacheStats, cachePause);
    }
    if (event.type === 'providers.changed') {
      soon(keys.providers);
      soon(keys.prices);
    }
    if (changesHealth.has(event.type)) soon(keys.health);
    if (changesLoops.has(event.type)) soon(keys.loops, loopsPause);
    if (changesIntelligences.has(event.type)) soon(keys.intelligences);
    if (event.type === 'intelligence.searched') {
      client.setQueryData<Searched>(keys.searched, event);
    }
    if (event.type === 'projects.changed') soon(keys.projects);
    if (event.type === 'proposal.updated') {
      soon(keys.proposals(event.runId), proposalsPause);
      soon(keys.texts(event.runId), proposalsPause);
    }
    if (event.type === 'scan.progress') {
      client.setQueryData(keys.scanProgress(event.root), event.files);
    }
    if (event.type === 'job.updated') runs.add(event.job.runId);
    if (event.type === 'run.updated') {
      runs.add(event.run.id);
      soon(keys.runs);
      if (event.run.endedAt !== null) soon(keys.proposals(event.run.id));
    }
  }
  for (const id of runs) {
    client.setQueryData<Run>(keys.run(id), (run) => (run ? reduceRun(run, events) : run));
  }
}

/** Keeps what models write, until the job's proposals take its place. */
function applyStreams(
  streams: StreamStore,
  events: readonly OmegaEvent[],
  soon: (key: QueryKey, pause?: number) => void,
): void {
  const pieces = events.filter((event) => event.type === 'proposal.streamed');
  if (pieces.length > 0) streams.add(pieces);
  const gone = new Set<string>();
  for (const event of events) {
    if (event.type === 'run.updated' && event.run.endedAt !== null) streams.endRun(event.run.id);
    if (event.type !== 'job.updated' || !streams.has(event.job.id)) continue;
    const { id, runId, state, files } = event.job;
    if (state === 'completed' && files > 0) soon(keys.proposals(runId));
    else if (state !== 'pending' && state !== 'running') gone.add(id);
  }
  if (gone.size > 0) streams.drop(gone);
}

/** Marks each query stale once per pause, however often it is asked. */
function createRefresher(client: QueryClient) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    soon(key: QueryKey, pause = listPause) {
      const name = `${pause} ${JSON.stringify(key)}`;
      if (timers.has(name)) return;
      const refresh = () => {
        timers.delete(name);
        void client.invalidateQueries({ queryKey: key });
      };
      timers.set(name, setTimeout(refresh, pause));
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
