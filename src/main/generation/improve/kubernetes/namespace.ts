import { type Mapping, mapping } from '../../validation/plain.ts';
import type { Proposal } from './container.ts';

const level = 'pod-security.kubernetes.io';

/**
 * Labels of Pod Security for a namespace of an author that says nothing of it: what is below the
 * restricted level is warned of and kept in the audit log. Nothing is refused.
 */
export function watchNamespace(document: number, value: Mapping): readonly Proposal[] {
  if (value.kind !== 'Namespace' || value.apiVersion !== 'v1' || value.$patch !== undefined)
    return [];
  const { name, labels } = mapping(value.metadata);
  const isOurs = typeof name === 'string' && !/^(?:kube-.*|default)$/.test(name);
  const isSaid = Object.keys(mapping(labels)).some((key) => key.startsWith(`${level}/`));
  if (!isOurs || isSaid) return [];
  const path = ['metadata', 'labels'];
  return [
    {
      document,
      path,
      text: `the namespace ${name} warns of pods below the restricted level and keeps them in the audit log; it refuses none.`,
      changes: ['audit', 'warn'].map((mode) => ({
        type: 'set',
        document,
        path: [...path, `${level}/${mode}`],
        value: 'restricted',
      })),
    },
  ];
}
