import type { ProposalSummary } from '#shared/run.ts';

/** The other file that can be taken in a proposal's place, in words. */
export type Alternative = { readonly why: string; readonly take: string };

const words: Readonly<Record<NonNullable<ProposalSummary['alternative']>, Alternative>> = {
  blueprint: {
    why: "This file has errors that the blueprint's has not.",
    take: "Take the blueprint's file",
  },
  model: {
    why: "The blueprint's file stands in the place of the model's.",
    take: "Take the model's file back",
  },
  edit: {
    why: "The blueprint's file stands in the place of the one that you edited.",
    take: 'Take your file back',
  },
};

/** What can be taken in a proposal's place; null where nothing can, as where it is written already. */
export function alternativeOf({ alternative, state }: ProposalSummary): Alternative | null {
  return alternative === undefined || state === 'applied' ? null : words[alternative];
}
