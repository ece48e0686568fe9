import type { ProposalSummary } from '#shared/run.ts';
import { artifactNames } from './artifact-names.ts';
import { countFindings } from './review-rows.ts';

/** Which of a run's files are listed: those that change something, those with findings, all. */
export type Shown = 'changes' | 'findings' | 'all';

/** What the list of files is narrowed to. */
export type FileFilter = { readonly text: string; readonly shown: Shown };

/** Where a review begins. */
export const noFilter: FileFilter = { text: '', shown: 'changes' };

/** Files that ask for a look: an error or a warning. */
const hasFindings = (proposal: ProposalSummary): boolean => {
  const { error, warning } = countFindings(proposal);
  return error + warning > 0;
};

/** What a file is called, in lower case: its path, its service and its kind. */
const namesOf = ({ path, service, kind }: ProposalSummary): string =>
  `${path}\n${service ?? ''}\n${artifactNames[kind]}`.toLowerCase();

/** How many files each choice would list. */
export function countShown(proposals: readonly ProposalSummary[]): Readonly<Record<Shown, number>> {
  return {
    changes: proposals.filter(({ state }) => state !== 'unchanged').length,
    findings: proposals.filter(hasFindings).length,
    all: proposals.length,
  };
}

/**
 * The files that a filter leaves. Where nothing changes, files that are up to date are listed all the
 * same, so that a run that found nothing to do does not look like one that made nothing.
 */
export function filterFiles(
  proposals: readonly ProposalSummary[],
  { text, shown }: FileFilter,
): readonly ProposalSummary[] {
  const wanted = text.trim().toLowerCase();
  const named =
    wanted === '' ? proposals : proposals.filter((one) => namesOf(one).includes(wanted));
  if (shown === 'findings') return named.filter(hasFindings);
  const changed = named.filter(({ state }) => state !== 'unchanged');
  return shown === 'all' || changed.length === 0 ? named : changed;
}
