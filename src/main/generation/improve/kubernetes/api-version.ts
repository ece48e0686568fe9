import { currentApi } from '../../validation/kubernetes/api-versions.ts';
import { type Mapping, mapping } from '../../validation/plain.ts';
import type { Proposal } from './container.ts';

/** Kinds whose fields are another in the version that replaces theirs; a name alone would not do. */
const reshaped =
  /^(?:Ingress|CustomResourceDefinition|HorizontalPodAutoscaler|PodSecurityPolicy|CSIDriver|.*WebhookConfiguration|CertificateSigningRequest|EndpointSlice|Event)$/;

/** Names the API version that took over from one that is gone, where the object's fields are the same. */
export function renewApi(document: number, value: Mapping): readonly Proposal[] {
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const instead = currentApi(apiVersion, kind);
  if (instead === null) return [];
  const path = ['apiVersion'];
  const needsSelector = /^(?:Deployment|DaemonSet|StatefulSet|ReplicaSet)$/.test(kind);
  const isSame =
    !reshaped.test(kind) && (!needsSelector || mapping(value.spec).selector !== undefined);
  const isScaler = kind === 'HorizontalPodAutoscaler' && apiVersion === 'autoscaling/v2beta2';
  if (!isSame && !isScaler) {
    return [
      {
        document,
        path,
        changes: [],
        text: `${apiVersion} is gone, and ${kind} has other fields in ${instead}: write it anew`,
      },
    ];
  }
  return [
    {
      document,
      path,
      changes: [{ type: 'set', document, path, value: instead }],
      text: `${kind} is of ${instead}; ${apiVersion} is gone.`,
    },
  ];
}
