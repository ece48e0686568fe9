import type { Skill } from '#shared/agentdb-skills.ts';

/** A version of a skill as its row says. */
export type SkillRow = {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly created_at: number;
  /** What its worth was taken to be before its first use. */
  readonly prior: number;
  readonly uses: number;
  readonly successes: number;
  readonly rewarded: number;
  readonly rewards: number;
  readonly timed: number;
  readonly latency_ms: number;
  readonly last_used_at: number | null;
  readonly description: string;
  readonly content: string;
  readonly metadata: string;
};

/** Uses that the prior counts as. */
const priorUses = 4;

/**
 * The mean of the Beta distribution of a success rate after these uses, where before them it was
 * taken to be `prior` (Gelman et al., Bayesian Data Analysis, 2.4): a new skill is worth its prior,
 * and a few uses do not make it 0 or 1.
 */
export function worthOf(row: Pick<SkillRow, 'prior' | 'uses' | 'successes'>): number {
  return (row.prior * priorUses + row.successes) / (priorUses + row.uses);
}

/** The skill of a row. */
export function toSkill(row: SkillRow): Skill {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    description: row.description,
    content: row.content,
    metadata: JSON.parse(row.metadata) as Skill['metadata'],
    createdAt: row.created_at,
    uses: row.uses,
    successes: row.successes,
    worth: worthOf(row),
    meanReward: row.rewarded === 0 ? null : row.rewards / row.rewarded,
    meanLatencyMs: row.timed === 0 ? null : row.latency_ms / row.timed,
    lastUsedAt: row.last_used_at,
  };
}
