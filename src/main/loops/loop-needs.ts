import { OmegaError } from '#shared/error.ts';
import type { LoopType } from '#shared/loops.ts';

/** What each loop works on, as a message names it. */
const works: Readonly<Record<LoopType, string>> = {
  reflexive: 'the gate to models',
  reactive: 'runs and the gate to models',
  adaptive: 'runs, the gate to models and the batcher',
  deliberative: 'projects',
  evolutionary: 'projects, the ways to generate and Meta-SONA',
  transformative: 'what was accepted, memory and the vector engines',
  transcendent: 'projects and memory',
};

/** Why a loop that was not joined cannot run here. */
export function whyAbsent(loop: LoopType): string {
  return `The ${loop} loop works on ${works[loop]}, which this Omega was not given.`;
}

/** The error that a call of such a loop ends with. */
export function absent(loop: LoopType): OmegaError {
  return new OmegaError('NOT_AVAILABLE', whyAbsent(loop));
}
