import type { ArtifactKind } from '#shared/artifact.ts';

/** What the validators check, as a model is told it. `checks` are the rules that speak where it is not kept. */
export type PromptRule = { readonly text: string; readonly checks: readonly string[] };

/** The rules of some kinds. */
export type PromptRules<K extends ArtifactKind> = Readonly<Record<K, readonly PromptRule[]>>;
