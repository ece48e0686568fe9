import { good } from '../good/grafana.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/grafana.ts';

/** See {@link LabelledFormat}. */
export const grafana: LabelledFormat = { format: 'grafana', good, mutations };
