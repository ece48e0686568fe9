import type { Intelligence } from '#shared/intelligence.ts';
import { movedIn, percent } from './measured-text.ts';
import { domainTexts } from './tuning-names.ts';

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
