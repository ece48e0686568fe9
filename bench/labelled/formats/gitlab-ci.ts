import { good } from '../good/gitlab-ci.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/gitlab-ci.ts';

/** See {@link LabelledFormat}. */
export const gitlabCi: LabelledFormat = { format: 'gitlab-ci', good, mutations };
