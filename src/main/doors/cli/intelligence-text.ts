import type { Intelligence, IntelligenceState, Measured } from '#shared/intelligence.ts';
import { numberText } from '#shared/number-text.ts';
import { printFields, shareText, timeText } from './kept-text.ts';
import { printable, type Terminal } from './terminal.ts';

const colours: Readonly<Record<IntelligenceState, 'green' | 'cyan' | 'red' | 'yellow'>> = {
  searching: 'cyan',
  ready: 'green',
  refused: 'yellow',
  failed: 'red',
  cancelled: 'yellow',
  'cut-off': 'yellow',
};

/** The score of a point with its 95 % interval: `4,310 queries/s (4,280 to 4,340, 12 times)`. */
export function scoreText({ score, repeats }: Measured, unit: string): string {
  const { mean, low, high } = score;
  return `${numberText(mean)} ${unit} (95 %: ${numberText(low)} to ${numberText(high)}, measured ${repeats} times)`;
}

/** The settings of a point on one line. */
export function pointText(point: Measured['point']): string {
  return Object.entries(point)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? numberText(value) : value}`)
    .join(', ');
}

/** What is measured beside the score, on one line. */
export function figuresText({ figures }: Measured): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${numberText(value)}`)
    .join(', ');
}

/** One line of a list. */
export function printIntelligence(terminal: Terminal, one: Intelligence): void {
  const { id, state, spec, best, unit, applied } = one;
  const force = applied && !applied.undone ? terminal.style('green', ' in force') : '';
  const title = `${terminal.style('bold', printable(spec.name))} ${spec.domain}`;
  terminal.line(`${id} ${title} ${terminal.style(colours[state], state)}${force}`);
  if (best) terminal.line(`    ${scoreText(best, unit)}: ${printable(pointText(best.point))}`);
  else if (one.error) terminal.line(`    ${printable(one.error.message)}`);
}

/** All that is known of one. */
export function printWhole(terminal: Terminal, one: Intelligence, trials: number): void {
  const { spec, best, before, fitness, applied, unit } = one;
  const ran = applied && (applied.undone ? `until ${timeText(applied.undone.at)}` : 'in force');
  printFields(terminal, {
    id: one.id,
    name: spec.name,
    domain: spec.domain,
    state: one.state,
    made: timeText(one.createdAt),
    'tried on': one.tasks,
    settings: best && pointText(best.point),
    score: best && scoreText(best, unit),
    before: before && scoreText(before, unit),
    figures: best && figuresText(best),
    fitness:
      fitness &&
      Object.entries(fitness)
        .map(([name, value]) => `${name} ${shareText(value)}`)
        .join(', '),
    measured: `${one.evaluations} times, ${trials} of them while searching`,
    cost: one.costUsd > 0 ? `$${one.costUsd.toFixed(4)}` : null,
    applied: applied && `${timeText(applied.at)}, ${ran}`,
    'rolled back': applied?.undone ? applied.undone.reason : null,
    error: one.error?.message ?? null,
  });
}
