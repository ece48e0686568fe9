import { annotations, each, head } from './each.ts';

/** `templates/deployment.yaml`. */
export const deployment = (name: string): string =>
  each(
    name,
    'eq $service.workload "Deployment"',
    `${head(name, 'apps/v1', 'Deployment')}spec:
  {{- if not $service.autoscaling.enabled }}
  replicas: {{ int $service.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      {{- include "${name}.selector" $name | nindent 6 }}
  strategy:
    {{- if $service.mounts }}
    # Two pods must not write the same files.
    type: Recreate
    {{- else }}
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
    {{- end }}
  template:
    {{- include "${name}.pod" $context | nindent 4 }}
`,
  );

/** `templates/job.yaml`. */
export const job = (name: string): string =>
  each(
    name,
    'eq $service.workload "Job"',
    `${head(name, 'batch/v1', 'Job')}spec:
  backoffLimit: 3
  ttlSecondsAfterFinished: 86400
  template:
    {{- include "${name}.pod" $context | nindent 4 }}
`,
  );

/** `templates/configmap.yaml`. */
export const configMap = (name: string): string =>
  each(
    name,
    '$service.config',
    `${head(name, 'v1', 'ConfigMap', '-config')}data:
  {{- range $key, $value := $service.config }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
`,
  );

/** `templates/serviceaccount.yaml`. */
export const serviceAccount = (name: string): string =>
  each(
    name,
    '$service.serviceAccount.create',
    `${head(name, 'v1', 'ServiceAccount')}${annotations('$service.serviceAccount.annotations')}automountServiceAccountToken: false
`,
  );

/** `templates/persistentvolumeclaim.yaml`: a claim may be of several services. */
export const claim = (): string => `{{- range $claim, $settings := .Values.persistence }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ $claim }}
  labels:
    app.kubernetes.io/part-of: {{ $.Chart.Name }}
    app.kubernetes.io/managed-by: {{ $.Release.Service }}
    helm.sh/chart: {{ printf "%s-%s" $.Chart.Name $.Chart.Version | replace "+" "_" }}
  annotations:
    # The data outlives the release: "helm uninstall" leaves it.
    helm.sh/resource-policy: keep
spec:
  accessModes:
    {{- toYaml $settings.accessModes | nindent 4 }}
  {{- with $settings.storageClassName }}
  storageClassName: {{ . }}
  {{- end }}
  resources:
    requests:
      storage: {{ $settings.size }}
{{- end }}
`;
