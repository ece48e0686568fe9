import { good } from '../good/source.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/source.ts';

/** See {@link LabelledFormat}. */
export const source: LabelledFormat = { format: 'source', good, mutations };
