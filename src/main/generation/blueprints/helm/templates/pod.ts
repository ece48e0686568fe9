/** `templates/_pod.tpl` of the chart `name`: the pod of a Deployment or a Job. */
export const pod = (name: string): string => `{{/*
The pod of a service, hardened to the restricted Pod Security Standard.
*/}}
{{- define "${name}.pod" -}}
{{- $service := .service -}}
metadata:
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
    {{- with $service.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if or $service.config $service.podAnnotations }}
  annotations:
    {{- with $service.config }}
    # New settings start new pods.
    checksum/config: {{ toYaml . | sha256sum }}
    {{- end }}
    {{- with $service.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  {{- if $service.serviceAccount.create }}
  serviceAccountName: {{ .name }}
  {{- end }}
  {{- with $service.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if eq $service.workload "Job" }}
  restartPolicy: Never
  {{- else }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds }}
  {{- end }}
  securityContext:
    runAsUser: {{ int $service.user.uid }}
    runAsGroup: {{ int $service.user.gid }}
    fsGroup: {{ int $service.user.gid }}
    {{- toYaml $service.podSecurityContext | nindent 4 }}
  {{- with $service.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $service.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $service.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne $service.workload "Job" }}
  {{- $selector := include "${name}.selector" .name }}
  {{- with $service.spreadOver }}
  topologySpreadConstraints:
    {{- range . }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- $selector | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- end }}
  {{- with $service.releaseCommand }}
  initContainers:
    # Runs before each new version: migrations and the like.
    - name: release
      command:
        {{- toYaml . | nindent 8 }}
      {{- include "${name}.container" $ | nindent 6 }}
  {{- end }}
  containers:
    - name: {{ .name }}
      {{- with $service.port }}
      ports:
        - name: http
          containerPort: {{ int . }}
          protocol: TCP
      {{- end }}
      {{- range $probe := list "startupProbe" "readinessProbe" "livenessProbe" }}
      {{- with get $service.probes $probe }}
      {{ $probe }}:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- end }}
      {{- include "${name}.container" $ | nindent 6 }}
  volumes:
    {{- range $volume, $path := $service.writableFolders }}
    - name: {{ $volume }}
      emptyDir:
        sizeLimit: {{ $service.writableSize }}
    {{- end }}
    {{- range $volume, $mount := $service.mounts }}
    - name: {{ $volume }}
      persistentVolumeClaim:
        claimName: {{ $mount.claim }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/*
What the service's container and its release step share.
*/}}
{{- define "${name}.container" -}}
{{- $service := .service -}}
{{- $name := .name -}}
image: {{ include "${name}.image" . }}
imagePullPolicy: {{ $service.image.pullPolicy }}
{{- if $service.config }}
envFrom:
  - configMapRef:
      name: {{ $name }}-config
{{- end }}
{{- with $service.secrets }}
env:
  {{- $secret := .existingSecret }}
  {{- range .required }}
  - name: {{ . }}
    valueFrom:
      secretKeyRef:
        name: {{ $secret }}
        key: {{ . }}
  {{- end }}
  {{- range .optional }}
  - name: {{ . }}
    valueFrom:
      secretKeyRef:
        name: {{ $secret }}
        key: {{ . }}
        optional: true
  {{- end }}
{{- end }}
resources:
  {{- toYaml $service.resources | nindent 2 }}
securityContext:
  {{- toYaml $service.securityContext | nindent 2 }}
volumeMounts:
  {{- range $volume, $path := $service.writableFolders }}
  - name: {{ $volume }}
    mountPath: {{ $path }}
  {{- end }}
  {{- range $volume, $mount := $service.mounts }}
  - name: {{ $volume }}
    mountPath: {{ $mount.path }}
  {{- end }}
  {{- with $service.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
`;
