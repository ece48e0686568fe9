import type { ErrorCode } from '#shared/error.ts';
import type {
  DomainName,
  Fitness,
  Intelligence,
  IntelligenceState,
  Measured,
} from '#shared/intelligence.ts';
import { numberText } from '#shared/number-text.ts';

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
  CONFLICT: 'The environment holds a setting',
  INVALID_INPUT: 'That cannot be measured so',
};

/** See {@link titles}; undefined where the heading of the code says it. */
export function tuningErrorTitle(code: ErrorCode): string | undefined {
  return titles[code];
}

/** What a tuning came to, in a sentence. */
export type Verdict = { readonly tone: 'good' | 'same' | 'bad'; readonly text: string };

/** Whether what was found is better than what is in force, and by how much; null before its end. */
export function verdictOf(one: Intelligence): Verdict | null {
  const { state, best, before, isBetter, spec } = one;
  if (state === 'refused') {
    const reached = best ? `the best does ${percent(best.quality)}` : 'nothing could be measured';
    const text = `Not good enough: ${percent(spec.minCapability)} of the work done right and all limits kept were asked for, ${reached}.`;
    return { tone: 'bad', text };
  }
  if (state !== 'ready' || !best) return null;
  if (!before) return { tone: 'same', text: 'What is in force could not be measured beside it.' };
  if (isBetter && before.score.mean > 0) {
    const times = (best.score.mean / before.score.mean).toFixed(2);
    return { tone: 'good', text: `Clearly better: ${times} times what was in force.` };
  }
  if (isBetter) return { tone: 'good', text: 'Clearly better than what was in force.' };
  if (best.repeats < 2 && movedIn(before, best).length > 0) {
    const text =
      'Measured once only, which tells nothing for sure; what is in force stays. Give it longer.';
    return { tone: 'same', text };
  }
  return { tone: 'same', text: 'Nothing clearly better was found; what is in force stays.' };
}

/** A score with its 95 % interval: `412 queries/s (95 %: 409 to 415, measured 6 times)`. */
export function scoreText({ score, repeats }: Measured, unit: string): string {
  const { mean, low, high } = score;
  const text = `${numberText(mean)} ${unit}`;
  // One measurement says nothing of its own spread.
  if (repeats < 2) return `${text} (measured once)`;
  return `${text} (95 %: ${numberText(low)} to ${numberText(high)}, measured ${repeats} times)`;
}

/** The settings of a point on one line. */
export function pointText({ point }: Measured): string {
  return Object.entries(point)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? numberText(value) : value}`)
    .join(', ');
}

const figureNames: Readonly<Record<string, string>> = {
  recallAt10: 'recall of ten',
  queriesPerSecond: 'queries/s',
  textsPerSecond: 'texts/s',
  requestsPerSecond: 'requests/s',
  refused: 'refused with a 429',
  hardening: 'share of hardening checks passed',
  size: 'size beside the blueprint',
  tokens: 'tokens a file',
  latencyMs: 'latency in ms',
  costUsd: 'US$ each time',
};

/** What was measured beside the score, on one line. */
export function figuresText({ figures }: Measured): string {
  return Object.entries(figures)
    .map(([name, value]) => `${figureNames[name] ?? name} ${numberText(value)}`)
    .join(', ');
}

/** A setting of a space as it is in force and as it was found; null where one does not have it. */
export type PointRow = {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** The settings that differ between what is in force and what was found. */
export function movedIn(before: Measured | null, after: Measured): readonly PointRow[] {
  const names = new Set([...Object.keys(before?.point ?? {}), ...Object.keys(after.point)]);
  const text = (one: Measured | null, name: string): string | null => {
    const value = one?.point[name];
    return value === undefined ? null : typeof value === 'number' ? numberText(value) : value;
  };
  return [...names]
    .map((name) => ({ name, before: text(before, name), after: text(after, name) }))
    .filter((row) => row.before !== row.after);
}

/** Whether what was found can be put in force, and would change something. */
export function canApply({ state, best, before, applied }: Intelligence): boolean {
  if (state !== 'ready' || !best || (applied && !applied.undone)) return false;
  return movedIn(before, best).length > 0;
}

/** Whether its settings are in force. */
export function isInForce({ applied }: Intelligence): boolean {
  return applied !== null && applied.undone === null;
}

/** What was tuned in a word, for the sidebar. */
export function tuningText(all: readonly Intelligence[]): string {
  const searching = all.find(({ state }) => state === 'searching');
  if (searching) return `Measures ${domainTexts[searching.spec.domain].name.toLowerCase()}`;
  const count = all.filter(isInForce).length;
  return count > 0 ? `${count} in force` : all.length > 0 ? 'None in force' : 'Never tuned';
}

/** A share as a person reads it: `98.5 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
