import type { LabelledFormat } from '../labelled.ts';
import { good } from './good/kyverno.ts';
import { mutations } from './mutations/kyverno.ts';

/** Labelled files of `kyverno`. */
export const kyverno: LabelledFormat = { format: 'kyverno', good, mutations };
