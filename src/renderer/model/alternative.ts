import type { ProposalSummary, Run } from '#shared/run.ts';

/** What can be taken in a proposal's place, and why; null where there is nothing. */
export type Alternative = { readonly of: 'blueprint' | 'model'; readonly why: string } | null;

/** The rule by which the validators say that the blueprint's file is the better one. */
const betterRule = 'omega/blueprint-better';

/**
 * The other file that there is for a proposal: the blueprint's where the validators found it better
 * than the model's, the model's again where the blueprint's was taken.
 */
export function alternativeOf(proposal: ProposalSummary, run: Run | undefined): Alternative {
  if (proposal.state === 'applied') return null;
  const { origin } = proposal.provenance;
  const finding = proposal.findings.find(({ rule }) => rule === betterRule);
  if (finding && origin.type !== 'blueprint') return { of: 'blueprint', why: finding.message };
  const asked = run !== undefined && run.request.use !== 'blueprint';
  return origin.type === 'blueprint' && asked
    ? { of: 'model', why: "This is the blueprint's file, in the place of the model's." }
    : null;
}
