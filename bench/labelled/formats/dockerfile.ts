import type { LabelledFormat } from '../labelled.ts';
import { good } from './good/dockerfile.ts';
import { mutations } from './mutations/dockerfile.ts';

/** Labelled files of `dockerfile`. */
export const dockerfile: LabelledFormat = { format: 'dockerfile', good, mutations };
