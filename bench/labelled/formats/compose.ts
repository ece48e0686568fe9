import type { LabelledFormat } from '../labelled.ts';
import { good } from './good/compose.ts';
import { mutations } from './mutations/compose.ts';

/** Labelled files of `compose`. */
export const compose: LabelledFormat = { format: 'compose', good, mutations };
