import type { LabelledFormat } from './labelled.ts';

/** Every format that has a validator of its own tool's rules, with its labelled files. */
export const labelledFormats: readonly LabelledFormat[] = [];
