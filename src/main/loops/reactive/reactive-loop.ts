import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { JobTrouble } from '#main/generation/engine/job-reactions.ts';
import { artifactKinds } from '#shared/artifact.ts';
import { errorDataSchema, OmegaError } from '#shared/error.ts';
import type { CycleOutput, LoopAction } from '#shared/loops.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import type { Loop } from '../engine/loop.ts';
import type { Case, ReactiveDesk } from './desk.ts';

/** Longest that a cycle waits for jobs to end about which something was done, in ms. */
const outcomeMs = 120_000;
/** Cases that a cycle names; the others are counted. */
const mostNamed = 50;

/** What the reactive loop stands on. */
export type ReactivePorts = {
  readonly desk: ReactiveDesk;
  /** Providers that are ready to be asked and that the settings name nowhere. */
  readonly unnamed: (signal: AbortSignal) => Promise<readonly ModelProvider[]>;
  /** Makes the ids of actions. */
  readonly id: () => string;
};

const troubleSchema = z
  .object({
    provider: z.enum(modelProviders),
    kind: z.enum(artifactKinds).default('dockerfile'),
    error: errorDataSchema.nullable().default(null),
    rules: z.array(z.string().max(200)).max(100).default([]),
    others: z.array(z.enum(modelProviders)).max(10).default([]),
    again: z.int().min(0).max(100).default(0),
    worked: z.boolean().default(false),
  })
  .strict();

/**
 * The reactive loop: jobs that failed or stayed invalid are mended, re-routed or stopped at once by
 * its desk; a cycle tells of those since the one before, with what was done and whether it helped.
 * Given a `failure` in its data it says what would be done about that one.
 */
export function reactiveLoop(ports: ReactivePorts): Loop {
  return {
    type: 'reactive',
    run: async ({ data }, { signal }) => {
      if (data.failure !== undefined) return foresee(ports, data.failure);
      const cases: Case[] = [];
      const late = wait(outcomeMs, undefined, { signal, ref: false }).catch(() => undefined);
      for (let next = ports.desk.take(); next.length > 0; next = ports.desk.take()) {
        cases.push(...next);
        await Promise.race([Promise.all(next.map(({ over }) => over)), late]);
      }
      return outputOf(cases, await proposals(ports, cases, signal), ports.id);
    },
  };
}

function outputOf(
  cases: readonly Case[],
  proposed: readonly LoopAction[],
  id: () => string,
): CycleOutput {
  const known = cases.filter(({ isValid }) => isValid !== null);
  const valid = known.filter(({ isValid }) => isValid === true).length;
  const done = cases.filter(({ remedy }) => remedy.do !== 'leave');
  const actions = done.slice(0, mostNamed).map((one) => actionOf(one, id()));
  return {
    results: {
      cases: cases.slice(0, mostNamed).map(({ trouble, remedy, isValid }) => ({
        ...{ run: trouble.runId, job: trouble.jobId, kind: trouble.kind },
        ...{ service: trouble.service, provider: trouble.provider, rules: [...trouble.rules] },
        ...{ failure: trouble.error?.code ?? null, remedy: { ...remedy }, valid: isValid },
      })),
      count: cases.length,
      valid,
    },
    insights: done.length === 0 ? [] : [summary(done)],
    actions: [...actions, ...proposed],
    nextObjectives: [],
    quality: known.length === 0 ? null : valid / known.length,
  };
}

function actionOf({ trouble, remedy, isValid }: Case, id: string): LoopAction {
  const { runId, jobId, provider, error, rules } = trouble;
  const before = error ? error.message.slice(0, 500) : `Errors of ${rules.slice(0, 5).join(', ')}.`;
  const what = {
    leave: 'It was left as it is.',
    again: 'It was done once more after a rest.',
    reroute: `${remedy.do === 'reroute' ? remedy.provider : ''} was asked in the place of ${provider}.`,
    blueprint: "The blueprint's valid file was proposed; the model's is beside it.",
    stop: 'The run was paused before the others failed too.',
  }[remedy.do];
  const after = isValid === null ? 'open' : isValid ? 'valid' : 'not valid';
  const parameters = { run: runId, job: jobId, provider, remedy: { ...remedy }, before, after };
  return { id, kind: 'remedy', description: `${before} ${what}`, parameters, state: 'done' };
}

function summary(done: readonly Case[]): string {
  const providers = [...new Set(done.map(({ trouble }) => trouble.provider))].join(', ');
  const remedies = [...new Set(done.map(({ remedy }) => remedy.do))].join(', ');
  return `Files of ${providers} went wrong and were dealt with (${remedies}).`;
}

/** Another provider costs money, or sees the source: that is for a person to decide. */
async function proposals(
  { unnamed, id }: ReactivePorts,
  cases: readonly Case[],
  signal: AbortSignal,
): Promise<readonly LoopAction[]> {
  const failed = cases.some(
    ({ trouble, remedy }) => trouble.error !== null && ['leave', 'stop'].includes(remedy.do),
  );
  const [other] = failed ? await unnamed(signal).catch(() => []) : [];
  if (!other) return [];
  const description = `Let ${other} be asked where the provider in use does not answer (providers.fallbacks).`;
  const parameters = { setting: 'providers.fallbacks', add: other };
  return [{ id: id(), kind: 'setting', description, parameters, state: 'proposed' }];
}

function foresee({ desk }: ReactivePorts, given: unknown): CycleOutput {
  const { data, error } = troubleSchema.safeParse(given);
  if (!data) throw new OmegaError('INVALID_INPUT', `This is no failure: ${z.prettifyError(error)}`);
  const can: JobTrouble['can'] = ['again', 'reroute', 'blueprint', 'stop'];
  const trouble = { ...data, can, runId: '', jobId: '', service: null };
  const { details, ...plain } = data.error ?? { code: 'INTERNAL', message: '', retryable: false };
  const failure = data.error && (details ? { ...plain, details } : plain);
  const remedy = desk.foresee({ ...trouble, error: failure });
  return {
    results: { remedy: { ...remedy } },
    ...{ insights: [], actions: [], nextObjectives: [], quality: null },
  };
}
