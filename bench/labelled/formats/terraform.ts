import { good } from '../good/terraform.ts';
import type { LabelledFormat } from '../labelled.ts';
import { mutations } from '../mutations/terraform.ts';

/** See {@link LabelledFormat}. */
export const terraform: LabelledFormat = { format: 'terraform', good, mutations };
