import type { LoopCycle } from '#shared/loops.ts';
import type { Connection } from '../engine/loop.ts';

/** Searches in a row without anything better, after which the way of asking is not what to change. */
const barrenMost = 3;

/** A strategy that was put in force is measured again by the loop that watches what is applied. */
export const appliedToAdaptive: Connection = {
  from: 'evolutionary',
  to: 'adaptive',
  how: 'feedback',
  input: ({ output }: LoopCycle) => {
    const done = (output?.actions ?? []).filter(({ state }) => state === 'done');
    if (done.length === 0) return null;
    const intelligences = done.map(({ parameters }) => parameters.intelligence ?? null);
    const context = 'Another way of asking models is in force.';
    return { data: { intelligences }, context, objectives: [] };
  },
};

/**
 * Where no way of asking does better, what models are told is what is left: what people change by
 * hand again and again becomes a policy. Handed up once for each row of barren searches.
 */
export const barrenToTransformative: Connection = {
  from: 'evolutionary',
  to: 'transformative',
  how: 'escalation',
  input: ({ output }: LoopCycle) => {
    const { barren, searched } = output?.results ?? {};
    if (barren !== barrenMost || searched === false) return null;
    const context = `${barrenMost} searches in a row found no better way of asking models.`;
    return { data: { barren }, context, objectives: [] };
  },
};
