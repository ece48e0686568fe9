import type { Redacted } from '../redact/span.ts';
import { type Excerpt, excerptsOf } from './excerpt.ts';
import type { Candidate } from './rank.ts';

/** A file that goes into a prompt, whole or in parts. */
export type SelectedSource = {
  readonly path: string;
  readonly whole: boolean;
  readonly parts: readonly Excerpt[];
  readonly redactions: Redacted['redactions'];
};

/** Characters that the marks around one part take, beside its path. */
const overhead = 80;
/** A file takes at most this share of what there is, so that one does not keep out all others. */
const maxShare = 0.5;
/** Of a README, which says little and is where strangers write, only the head is sent. */
const maxReadme = 3_000;
/** Below this many characters nothing more is looked at. */
const leastLeft = 200;

/**
 * Chooses what fits into `budget` characters: first whole files in the order of their rank, then of
 * those that are too long the lines around what facts were read from, the README last.
 */
export async function selectSources(
  candidates: readonly Candidate[],
  budget: number,
  read: (path: string) => Promise<Redacted | null>,
): Promise<readonly SelectedSource[]> {
  const chosen = new Map<string, SelectedSource>();
  const later: { readonly candidate: Candidate; readonly found: Redacted }[] = [];
  let left = budget;
  const costOf = (path: string, parts: readonly Excerpt[]): number =>
    parts.reduce((sum, { text }) => sum + text.length + path.length + overhead, 0);
  const take = (path: string, whole: boolean, parts: readonly Excerpt[], found: Redacted): void => {
    left -= costOf(path, parts);
    const shown = ({ line }: { line: number }): boolean =>
      parts.some(({ first, last }) => line >= first && line <= last);
    chosen.set(path, { path, whole, parts, redactions: found.redactions.filter(shown) });
  };
  for (const candidate of candidates) {
    if (left < leastLeft) break;
    const found = await read(candidate.path);
    if (!found) continue;
    const lines = found.text.split('\n').length;
    const parts = [{ first: 1, last: lines, text: found.text }];
    const most = candidate.rank === 'readme' ? 0 : Math.min(left, budget * maxShare);
    if (costOf(candidate.path, parts) <= most) take(candidate.path, true, parts, found);
    else later.push({ candidate, found });
  }
  for (const { candidate, found } of later) {
    const { path, rank, lines } = candidate;
    // Each part has marks of its own; room for some is kept.
    const room = left - (path.length + overhead) * Math.min(6, Math.max(1, lines.length));
    const most = rank === 'readme' ? Math.min(room, maxReadme) : room;
    if (most < leastLeft) continue;
    const parts = excerptsOf(found.text, rank === 'readme' ? [] : lines, most);
    if (parts.length === 0 || costOf(path, parts) > left) continue;
    const whole = parts.length === 1 && parts[0]?.text === found.text;
    take(path, whole, parts, found);
  }
  return candidates.flatMap(({ path }) => chosen.get(path) ?? []);
}
