import { good } from '../good/collector.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/collector.ts';

/** See {@link LabelledFormat}. */
export const collector: LabelledFormat = { format: 'collector', good, mutations };
