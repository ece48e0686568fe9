import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OmegaEvent } from '#shared/contract.ts';
import type { Run } from '#shared/run.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { keys } from '../bridge/query-keys.ts';
import { reduceRun } from '../model/reduce-run.ts';
import { settingsAreChanging } from './use-settings.ts';

/** Lists are refetched at most this often (ms) while events pour in. */
const pause = 400;

/** Carries the server's events into the query cache; the only place that listens. */
export function useOmegaEvents(): void {
  const bridge = useBridge();
  const client = useQueryClient();
  useEffect(() => {
    const refresh = createRefresher(client);
    const stop = bridge.listen((events) => applyEvents(client, events, refresh.soon));
    return () => {
      stop();
      refresh.stop();
    };
  }, [bridge, client]);
}

function applyEvents(
  client: QueryClient,
  events: readonly OmegaEvent[],
  soon: (key: QueryKey) => void,
): void {
  const runs = new Set<string>();
  for (const event of events) {
    if (event.type === 'connection.changed') {
      client.setQueryData(keys.connected, event.connected);
      // What was missed while away is unknown, so everything is asked for again.
      if (event.connected) void client.invalidateQueries();
    }
    if (event.type === 'settings.changed' && !settingsAreChanging(client)) {
      client.setQueryData(keys.settings, event.settings);
    }
    if (event.type === 'projects.changed') soon(keys.projects);
    if (event.type === 'proposal.updated') soon(keys.proposals(event.runId));
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

/** Marks queries stale once per {@link pause}, however often it is asked. */
function createRefresher(client: QueryClient) {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const key of waiting.values()) void client.invalidateQueries({ queryKey: key });
    waiting.clear();
  };
  return {
    soon(key: QueryKey) {
      waiting.set(JSON.stringify(key), key);
      timer ??= setTimeout(flush, pause);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
