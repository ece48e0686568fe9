import type { PromptRules } from './prompt-rule.ts';

/** Rules of what is applied to a cluster. */
export const clusterRules: PromptRules<'kubernetes' | 'kustomize' | 'helm' | 'policies'> = {
  kubernetes: [
    {
      text: 'Only current API versions, known kinds and fields of the right type; one file, documents parted by ---.',
      checks: [
        'kubernetes/removed-api',
        'kubernetes/unknown-api',
        'kubernetes/unknown-kind',
        'kubernetes/unknown-field',
        'kubernetes/wrong-type',
        'kubernetes/missing-field',
      ],
    },
    {
      text: 'Selectors match the labels of their pod templates; ports that are named or referred to exist; names are DNS labels.',
      checks: [
        'kubernetes/selector-mismatch',
        'kubernetes/selector-matches-nothing',
        'kubernetes/undefined-port',
        'kubernetes/invalid-name',
      ],
    },
    {
      text: 'Every container: runAsNonRoot, a user that is not 0, allowPrivilegeEscalation false, readOnlyRootFilesystem true, capabilities dropped, requests and limits.',
      checks: [
        'kubernetes/run-as-non-root',
        'kubernetes/run-as-root',
        'kubernetes/privilege-escalation',
        'kubernetes/writable-root',
        'kubernetes/no-resources',
        'kubernetes/request-over-limit',
      ],
    },
    {
      text: 'Never privileged, hostNetwork, hostPID, hostIPC, hostPath or added capabilities that rule the node.',
      checks: ['kubernetes/privileged', 'kubernetes/host-path', 'kubernetes/dangerous-capability'],
    },
    {
      text: 'Probes use a path that the source answers; images have exact tags; no secret in plain text, refer to a Secret by name.',
      checks: [
        'kubernetes/probe-handler',
        'kubernetes/probe-timing',
        'kubernetes/unpinned-image',
        'kubernetes/inline-secret',
      ],
    },
  ],
  kustomize: [
    {
      text: 'Use resources, patches with path or patch, images, labels and replacements; never bases, patchesStrategicMerge, patchesJson6902, imageTags, commonLabels or vars.',
      checks: ['kustomize/deprecated-field', 'kustomize/unknown-field', 'kustomize/wrong-type'],
    },
    {
      text: 'All files that a kustomization names are among yours, in its folder or below; other folders are named as such. Nothing is named twice, and nothing leads back.',
      checks: [
        'kustomize/missing-file',
        'kustomize/outside-root',
        'kustomize/duplicate-entry',
        'kustomize/duplicate-resource',
        'kustomize/cycle',
      ],
    },
    {
      text: 'Every patch applies: its target is an object of the resources, and each path of a JSON patch exists; each entry of images and replicas changes something.',
      checks: [
        'kustomize/patch',
        'kustomize/patch-target',
        'kustomize/unused-image',
        'kustomize/replicas',
        'kustomize/replacement',
      ],
    },
  ],
  helm: [
    {
      text: 'Chart.yaml: apiVersion v2, name, and version and appVersion as quoted or complete versions (1.0.0).',
      checks: ['helm/missing-field', 'helm/chart', 'helm/unknown-field'],
    },
    {
      text: 'Templates are Go templates with the functions of Helm and Sprig only; every block is closed, every included template is defined, and no field is read of a value that may not be set.',
      checks: ['helm/template', 'helm/unknown-function', 'helm/render'],
    },
    {
      text: 'values.yaml fits values.schema.json, holds no secret, and renders every template without further values to manifests that keep the rules for Kubernetes.',
      checks: ['helm/schema-mismatch', 'helm/schema', 'helm/values', 'helm/inline-secret'],
    },
  ],
  policies: [
    {
      text: 'Kyverno policies are kyverno.io/v1 ClusterPolicy or Policy with known fields; each rule has a name of its own, a match with kinds, and exactly one of validate, mutate, generate, verifyImages.',
      checks: [
        'kyverno/unknown-field',
        'kyverno/wrong-type',
        'kyverno/missing-field',
        'kyverno/no-rules',
        'kyverno/empty-match',
        'kyverno/one-action',
        'kyverno/one-check',
        'kyverno/duplicate-rule',
      ],
    },
    {
      text: 'failureAction stands in validate and is Audit at first, with a message; no deprecated fields or operators; variables and anchors are closed.',
      checks: [
        'kyverno/deprecated-field',
        'kyverno/no-message',
        'kyverno/open-variable',
        'kyverno/invalid-variable',
        'kyverno/invalid-anchor',
        'kyverno/invalid-operator',
      ],
    },
  ],
};
