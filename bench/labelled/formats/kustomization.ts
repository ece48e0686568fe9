import type { LabelledFormat } from '../labelled.ts';
import { good } from './good/kustomization.ts';
import { mutations } from './mutations/kustomization.ts';

/** Labelled files of `kustomization`. */
export const kustomization: LabelledFormat = { format: 'kustomization', good, mutations };
