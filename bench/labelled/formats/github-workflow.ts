import { good } from '../good/github-workflow.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/github-workflow.ts';

/** See {@link LabelledFormat}. */
export const githubWorkflow: LabelledFormat = { format: 'github-workflow', good, mutations };
