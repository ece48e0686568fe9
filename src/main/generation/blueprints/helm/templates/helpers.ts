/** `templates/_helpers.tpl` of the chart `name`: labels, images, and a service's settings. */
export const helpers = (name: string): string => `{{/*
The labels that every object of a service carries. Give it the chart's root, the service's name and its settings.
*/}}
{{- define "${name}.labels" -}}
{{ include "${name}.selector" .name }}
app.kubernetes.io/component: {{ .service.component }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/version: {{ include "${name}.tag" . | quote }}
{{- end }}

{{/*
The labels that a service's pods are found by. They never change: a Deployment refuses that.
*/}}
{{- define "${name}.selector" -}}
app.kubernetes.io/name: {{ . }}
app.kubernetes.io/instance: {{ . }}
{{- end }}

{{/*
The labels of objects that are not pods: who installed them, and from which version of the chart.
*/}}
{{- define "${name}.metadata" -}}
{{ include "${name}.labels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "${name}.tag" -}}
{{ .service.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/*
The image of a service. A digest wins over the tag.
*/}}
{{- define "${name}.image" -}}
{{- $image := .service.image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}:{{ include "${name}.tag" . }}
{{- with $image.digest }}@{{ . }}{{ end -}}
{{- end }}

{{/*
Lays a service's own settings over the defaults, two levels deep. mergeOverwrite would do all levels,
but takes no false and no empty list for an answer.
*/}}
{{- define "${name}.merge" -}}
{{- $into := .into -}}
{{- range $key, $own := .from -}}
{{- $default := get $into $key -}}
{{- if and (kindIs "map" $own) (kindIs "map" $default) -}}
{{- range $inner, $value := $own -}}
{{- $_ := set $default $inner $value -}}
{{- end -}}
{{- else -}}
{{- $_ := set $into $key $own -}}
{{- end -}}
{{- end -}}
{{- end }}
`;
