import { filesOf } from '../../good-files.ts';
import type { GoodFile } from '../../labelled.ts';

/** Manifests of many kinds that their projects apply, drawn at random, a kind after the other. */
export const good: readonly GoodFile[] = [
  ...filesOf('kubernetes/examples', '279e8e4fe314f6cb7bc55fa3fbc21bbeaa48c0ea', [
    '_archived/storm/storm-worker-controller.yaml',
    '_archived/volumes/scaleio/sc.yaml',
    'AI/model-serving-tensorflow/pv.yaml',
  ]),
  ...filesOf('argoproj/argo-cd', '37ee0097cf851bc2dd7665fc081bbce61a7e836e', [
    'manifests/base/application-controller/argocd-application-controller-statefulset.yaml',
  ]),
  ...filesOf('aws-observability/aws-otel-collector', 'ed0b1d595c795442480c8e83435b9bf7d79429b2', [
    'examples/eks/aws-prometheus/prometheus-daemonset.yaml',
    'deployment-template/eks/otel-fargate-container-insights.yaml',
  ]),
  ...filesOf('kubernetes-sigs/descheduler', '7d2b28bf2b6a12810317936d909af0270ff38fa3', [
    'kubernetes/cronjob/cronjob.yaml',
  ]),
  ...filesOf('kubeflow/manifests', '009c88084074904c7743384ff50d3bd70012ef55', [
    'common/knative/knative-serving-post-install-jobs/base/serving-post-install-jobs.yaml',
    'applications/katib/upstream/components/postgres/pvc.yaml',
  ]),
  ...filesOf('kubernetes-client/python', '024658493d124f046fc0a9827a2a3165cf2aee28', [
    'examples/yaml_dir/configmap-demo-pod.yml',
  ]),
  ...filesOf('grafana/intro-to-mltp', 'c65fde48e7fa4a783a8ed82037e1de39667b8c3b', [
    'k8s/mythical/mythical-beasts-service.yaml',
  ]),
  ...filesOf('argoproj/argocd-example-apps', '0d521c6e049889134f3122eb32d7ed342f43ca0d', [
    'sock-shop/base/front-end-ingress.yaml',
  ]),
  ...filesOf('stefanprodan/podinfo', 'eec06d1ea459af4cb4e10e806f8be7c7bd58b361', [
    'deploy/bases/database/hpa-replica.yaml',
  ]),
  ...filesOf('prometheus-operator/kube-prometheus', '4d719f1dea8853540b3823ab1fbe6be74a9953b3', [
    'manifests/alertmanager-podDisruptionBudget.yaml',
  ]),
  ...filesOf('cloudnative-pg/cloudnative-pg', 'a95a534dbe0854495b863bbc1b7651f74d310916', [
    'docs/src/samples/networkpolicy-example.yaml',
  ]),
  ...filesOf('kubernetes/ingress-nginx', 'dbb11b92ddb77bee9c35e462479129354c84f939', [
    'docs/examples/customization/custom-configuration/configmap.yaml',
  ]),
  ...filesOf('istio/istio', '86c9f01fd735fb01d8192f5bcaf0d424afb7f14c', [
    'samples/jwt-server/jwt-server.yaml',
  ]),
  ...filesOf('kubernetes-sigs/metrics-server', '5ed5d3a2cf940a8c7541cfbac19af822f4c97844', [
    'manifests/components/autoscale/rbac.yaml',
  ]),
  ...filesOf('kubernetes-sigs/node-feature-discovery', '76e6cc8cc0d54b8bce037098b72611ffdf66ef5a', [
    'deployment/base/rbac-topologyupdater/topologyupdater-clusterrolebinding.yaml',
  ]),
  ...filesOf('moby/buildkit', '73ed6825c4b7569379ef89df0aedcdbe64473d31', [
    'examples/kubernetes/deployment+service.rootless.yaml',
  ]),
  ...filesOf('dockersamples/example-voting-app', '63e9150ca17af4ed05880d4245e486481f73fcb4', [
    'k8s-specifications/redis-service.yaml',
  ]),
  ...filesOf(
    'kubernetes-sigs/aws-load-balancer-controller',
    '225f44568848eb25f13e304a5f1cc68c0cd9415d',
    ['docs/examples/external-dns.yaml'],
  ),
  ...filesOf('lvyanru8200/myblog', '99b53d231b981e5b138b9cec04801e7e89362160', [
    'argoall/eventingress.yaml',
  ]),
  ...filesOf('fluxcd/flux2-kustomize-helm-example', '4f1a5b1051b469108d1bdf0ebec6c814427e3834', [
    'infrastructure/controllers/cert-manager.yaml',
  ]),
  ...filesOf('quarkusio/quarkus-quickstarts', 'ddfa3a6c5f585925aa344884264e4f399467f53d', [
    'getting-started-knative/k8s/nexus.yaml',
  ]),
];
