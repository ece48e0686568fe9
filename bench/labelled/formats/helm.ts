import type { LabelledFormat } from '../labelled.ts';
import { good } from './good/helm.ts';
import { mutations } from './mutations/helm.ts';

/** Labelled files of `helm`. */
export const helm: LabelledFormat = { format: 'helm', good, mutations };
