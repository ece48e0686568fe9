/**
 * A template that writes one object for each service: its settings are in `$service`, and what the
 * helpers take in `$context`. `when` leaves services out.
 */
export function each(name: string, when: string | null, body: string): string {
  return `{{- range $name, $own := .Values.services }}
{{- $service := deepCopy $.Values.defaults }}
{{- include "${name}.merge" (dict "into" $service "from" $own) }}
{{- $context := dict "root" $ "name" $name "service" $service }}
${when === null ? '' : `{{- if ${when} }}\n`}---
${body}${when === null ? '' : '{{- end }}\n'}{{- end }}
`;
}

/** The head of an object that is named like its service, with a suffix. */
export function head(name: string, apiVersion: string, kind: string, suffix = ''): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: {{ $name }}${suffix}
  labels:
    {{- include "${name}.metadata" $context | nindent 4 }}
`;
}

/** Annotations of an object, where there are any. */
export function annotations(from: string): string {
  return `  {{- with ${from} }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
`;
}
