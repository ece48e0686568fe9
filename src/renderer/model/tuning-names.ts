import type { ErrorCode } from '#shared/error.ts';
import type { DomainName, Fitness, IntelligenceState } from '#shared/intelligence.ts';

/** How a domain is called on screen, what is measured of it, and what that takes. */
export type DomainText = {
  readonly name: string;
  readonly measures: string;
  readonly takes: string;
  /** Whether its work is done by models, which may cost. */
  readonly asksModels: boolean;
};

const quiet = 'It uses this machine for that time; nothing leaves it.';

/** See {@link DomainText}. */
export const domainTexts: Readonly<Record<DomainName, DomainText>> = {
  'vector-search': {
    name: 'Vector search',
    measures:
      'Searches a second, and how many of the true neighbours they find, on your largest collection of vectors.',
    takes: quiet,
    asksModels: false,
  },
  embedding: {
    name: 'Embedding',
    measures:
      'Texts of your memories that are embedded in a second, and how long single ones wait meanwhile.',
    takes: quiet,
    asksModels: false,
  },
  scheduler: {
    name: 'Scheduler',
    measures:
      'Answers a second of each provider by how many requests are made at once, and how many it refuses.',
    takes: 'It asks your models again and again, 32 requests of a few tokens each time.',
    asksModels: true,
  },
  generation: {
    name: 'Generation',
    measures:
      'Dockerfiles of your own services: valid ones, how hardened and small they are, and what they cost.',
    takes: 'It asks your models for whole files again and again; nothing is written.',
    asksModels: true,
  },
};

/** How a tuning ended, in a word, with its colour. */
export const tuningStates: Readonly<
  Record<IntelligenceState, readonly [name: string, colour: string]>
> = {
  searching: ['Measuring', 'blue'],
  ready: ['Ready', 'teal'],
  refused: ['Not good enough', 'yellow'],
  failed: ['Failed', 'red'],
  cancelled: ['Cancelled', 'gray'],
  'cut-off': ['Cut off', 'gray'],
};

/** The parts of a fitness as they are called on screen. */
export const fitnessNames: Readonly<Record<keyof Fitness, string>> = {
  overall: 'Overall',
  capability: 'Work done right',
  efficiency: 'Beside what is in force',
  alignment: 'Rules kept',
  novelty: 'Unlike what is known',
  confidence: 'Confidence',
};

/** A heading for what a tuning, an application or a roll-back failed with. */
const titles: Partial<Readonly<Record<ErrorCode, string>>> = {
  NOT_AVAILABLE: 'There is too little to measure with',
  REFUSED: 'Not now',
  CONFLICT: 'A setting cannot be written',
  INVALID_INPUT: 'That cannot be measured so',
};

/** See {@link titles}; undefined where the heading of the code says it. */
export function tuningErrorTitle(code: ErrorCode): string | undefined {
  return titles[code];
}
