import { filesOf } from '../../good-files.ts';
import type { GoodFile } from '../../labelled.ts';

/** Policies of Kyverno's own library, drawn at random, one of a folder. */
export const good: readonly GoodFile[] = [
  ...filesOf('kyverno/policies', 'b9c4317ce02256dc66118e08bb3e9345e7bfce5c', [
    'argo/application-field-validation/application-field-validation.yaml',
    'argo-cel/application-prevent-default-project/application-prevent-default-project.yaml',
    'aws/require-encryption-aws-loadbalancers/require-encryption-aws-loadbalancers.yaml',
    'aws-cel/require-encryption-aws-loadbalancers/require-encryption-aws-loadbalancers.yaml',
    'best-practices/add-network-policy/add-network-policy.yaml',
    'best-practices-cel/require-ro-rootfs/require-ro-rootfs.yaml',
    'castai/add-castai-removal-disabled/add-castai-removal-disabled.yaml',
    'cert-manager/limit-dnsnames/limit-dnsnames.yaml',
    'consul/enforce-min-tls-version/enforce-min-tls-version.yaml',
    'consul-cel/enforce-min-tls-version/enforce-min-tls-version.yaml',
    'external-secret-operator/add-external-secret-prefix/add-external-secret-prefix.yaml',
    'flux/verify-git-repositories/verify-git-repositories.yaml',
    'flux-cel/verify-git-repositories/verify-git-repositories.yaml',
    'istio/restrict-virtual-service-wildcard/restrict-virtual-service-wildcard.yaml',
    'istio-cel/prevent-disabling-injection-pods/prevent-disabling-injection-pods.yaml',
    'karpenter/add-karpenter-daemonset-priority-class/add-karpenter-daemonset-priority-class.yaml',
    'kasten/kasten-data-protection-by-label/kasten-data-protection-by-label.yaml',
    'kasten-cel/k10-data-protection-by-label/k10-data-protection-by-label.yaml',
    'kubecost/enable-kubecost-continuous-rightsizing/enable-kubecost-continuous-rightsizing.yaml',
    'kubecost-cel/require-kubecost-labels/require-kubecost-labels.yaml',
    'kubeops/config-syncer-secret-generation-from-rancher-capi/config-syncer-secret-generation-from-rancher-capi.yaml',
    'kubevirt/add-services/add-services.yaml',
    'linkerd/require-linkerd-server/require-linkerd-server.yaml',
    'linkerd-cel/prevent-linkerd-pod-injection-override/prevent-linkerd-pod-injection-override.yaml',
  ]),
];
