import { type CollectionTag, isScalar, type YAMLSeq } from 'yaml';

/** `!reference [job, key, …]`: what stands there is put in its place before anything is judged. */
export class Reference extends Array<string> {}

/** GitLab's own tag of YAML, read as a {@link Reference}. */
export const referenceTag: CollectionTag = {
  tag: '!reference',
  collection: 'seq',
  resolve: (seq) =>
    Reference.from(
      (seq as YAMLSeq).items.map((item) => String(isScalar(item) ? (item.value ?? '') : '')),
    ),
};
