import { good } from '../good/prometheus.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/prometheus.ts';

/** See {@link LabelledFormat}. */
export const prometheus: LabelledFormat = { format: 'prometheus', good, mutations };
