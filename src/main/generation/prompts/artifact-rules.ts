import type { ArtifactKind } from '#shared/artifact.ts';
import { cloudRules } from './rules/cloud-rules.ts';
import { clusterRules } from './rules/cluster-rules.ts';
import { containerRules } from './rules/container-rules.ts';
import { observingRules } from './rules/observing-rules.ts';
import type { PromptRules } from './rules/prompt-rule.ts';

/** The rules of each kind: the ones that models break. */
export const artifactRules: PromptRules<ArtifactKind> = {
  ...containerRules,
  ...clusterRules,
  ...cloudRules,
  ...observingRules,
};
