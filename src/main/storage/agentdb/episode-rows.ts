import { sha256 } from '#main/core/hash.ts';
import type { Episode, EpisodeFilter } from '#shared/agentdb-episodes.ts';

/** An episode as its row says. */
export type EpisodeRow = {
  readonly key: number;
  readonly id: string;
  readonly session: string;
  readonly at: number;
  readonly success: number;
  readonly reward: number;
  readonly latency_ms: number | null;
  readonly tokens: number | null;
  readonly labels: string;
  readonly task: string;
  readonly critique: string;
  readonly input: string;
  readonly output: string;
};

/** A condition on the table `episodes`, with what its parameters are bound to. */
export type EpisodeCondition = {
  readonly sql: string;
  readonly values: readonly (string | number)[];
};

/** The episode of a row. */
export function toEpisode(row: EpisodeRow): Episode {
  return {
    id: row.id,
    sessionId: row.session,
    task: row.task,
    input: row.input,
    output: row.output,
    reward: row.reward,
    success: row.success === 1,
    critique: row.critique,
    latencyMs: row.latency_ms,
    tokens: row.tokens,
    labels: JSON.parse(row.labels) as readonly string[],
    at: row.at,
  };
}

/** What is the same of a task however it is spelt: no case, single spaces. */
export function taskHash(task: string): string {
  return sha256(task.trim().replaceAll(/\s+/g, ' ').toLowerCase()).slice(0, 32);
}

/** A filter as SQL. */
export function episodeCondition(filter: EpisodeFilter): EpisodeCondition {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    parts.push(sql);
    values.push(value);
  };
  add('session = ?', filter.sessionId);
  add('success = ?', filter.success === undefined ? undefined : Number(filter.success));
  add('reward >= ?', filter.minReward);
  add('at >= ?', filter.from);
  add('at < ?', filter.to);
  return { sql: parts.length === 0 ? '(1)' : parts.join(' AND '), values };
}
