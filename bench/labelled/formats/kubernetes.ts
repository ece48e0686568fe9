import type { LabelledFormat } from '../labelled.ts';
import { good } from './good/kubernetes.ts';
import { mutations } from './mutations/kubernetes.ts';

/** Labelled files of `kubernetes`. */
export const kubernetes: LabelledFormat = { format: 'kubernetes', good, mutations };
