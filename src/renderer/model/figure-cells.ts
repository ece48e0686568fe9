import { formatCount, formatUsd } from '#shared/amounts.ts';
import type { CallFigures } from '#shared/calls.ts';
import { formatDuration } from './format.ts';

/** A number of {@link CallFigures} as it is shown, with the number itself for who compares it. */
export type FigurePart = {
  readonly name: keyof CallFigures;
  /** Null before there is one. */
  readonly value: number | null;
  readonly text: string;
};

/** One cell of the strip: numbers with the words between them, under a label. */
export type FigureCell = {
  readonly label: string;
  /** What the numbers are, in a sentence. */
  readonly title: string;
  readonly parts: readonly (FigurePart | string)[];
};

/** The cells of the strip in their order; dashes where the figures are not known yet. */
export function figureCells(figures: CallFigures | undefined): readonly FigureCell[] {
  const part = (name: keyof CallFigures, show: (value: number) => string): FigurePart => {
    const value = figures?.[name];
    return typeof value === 'number'
      ? { name, value, text: show(value) }
      : { name, value: null, text: '–' };
  };
  const whole = (name: keyof CallFigures) => part(name, (value) => value.toLocaleString('en'));
  const time = (name: keyof CallFigures) => part(name, formatDuration);
  const tokens = (name: keyof CallFigures) => part(name, formatCount);
  return [
    { label: 'In flight', title: 'Calls that a provider works on now', parts: [whole('inFlight')] },
    { label: 'Queued', title: 'Calls that wait for their turn', parts: [whole('queued')] },
    {
      label: 'At once',
      title: 'Calls at once that are allowed now, of most that the slider allows',
      parts: [whole('allowed'), ' of ', whole('limit')],
    },
    {
      label: 'Rate',
      title: 'Answers a second over the last ten seconds',
      parts: [part('perSecond', (value) => value.toFixed(1)), ' /s'],
    },
    {
      label: 'p50 · p95 · p99',
      title: 'How long half, 95 % and 99 % of the answered calls took at most',
      parts: [time('p50Ms'), ' · ', time('p95Ms'), ' · ', time('p99Ms')],
    },
    {
      label: 'Tokens in · out',
      title: 'Tokens that were sent and answered, as the providers count them',
      parts: [tokens('inputTokens'), ' · ', tokens('outputTokens')],
    },
    { label: 'Cost', title: costTitle, parts: costParts(figures) },
    {
      label: 'Cache hits',
      title: 'Calls that were answered from what is kept, and those that were not',
      parts: [whole('cacheHits'), ' of ', lookups(figures)],
    },
    {
      label: 'Saved against sync',
      title: 'Durations of all jobs, less the time in which at least one ran',
      parts: [time('savedMs'), ' of ', time('syncMs')],
    },
  ];
}

const costTitle =
  'What the calls cost by the price table. Calls whose price or usage is unknown are not in it.';

function costParts(figures: CallFigures | undefined): readonly (FigurePart | string)[] {
  if (!figures) return [{ name: 'costUsd', value: null, text: '–' }];
  const { costUsd, unpriced } = figures;
  const known = { name: 'costUsd', value: costUsd, text: formatUsd(costUsd) } as const;
  if (unpriced === 0) return [known];
  const rest = { name: 'unpriced', value: unpriced, text: `${unpriced} unpriced` } as const;
  if (costUsd === 0) return [{ ...known, text: 'unknown' }, ', ', rest];
  return [known, ' + ', rest];
}

/** Hits and misses together, told as misses: the sum has no name of its own among the figures. */
function lookups(figures: CallFigures | undefined): FigurePart {
  if (!figures) return { name: 'cacheMisses', value: null, text: '–' };
  const { cacheHits, cacheMisses } = figures;
  return {
    name: 'cacheMisses',
    value: cacheMisses,
    text: (cacheHits + cacheMisses).toLocaleString('en'),
  };
}

/** The mode as the guide words it. */
export function modeText(mode: CallFigures['mode']): string {
  return mode === 'async' ? '⚡ Async Mode: Enabled' : '🔄 Sync Mode';
}
