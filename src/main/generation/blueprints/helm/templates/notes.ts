/** `templates/NOTES.txt`: what is left to do after an installation. */
export const notes = (
  name: string,
): string => `{{ .Chart.Name }} {{ .Chart.Version }} is installed as {{ .Release.Name }} in {{ .Release.Namespace }}.
{{- range $name, $own := .Values.services }}
{{- $service := deepCopy $.Values.defaults }}
{{- include "${name}.merge" (dict "into" $service "from" $own) }}

{{ $name }}
{{- with $service.secrets }}
  Needs the Secret {{ .existingSecret }} with {{ join ", " (concat (.required | default list) (.optional | default list)) }}.
{{- end }}
{{- if and $service.port $service.ingress.enabled }}
  Answers at http{{ if $service.ingress.tlsSecret }}s{{ end }}://{{ $service.ingress.host }}{{ $service.ingress.path }}
{{- end }}
  kubectl --namespace {{ $.Release.Namespace }} logs --selector app.kubernetes.io/name={{ $name }}
{{- end }}
`;
