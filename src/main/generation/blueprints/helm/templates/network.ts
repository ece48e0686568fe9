import { annotations, each, head } from './each.ts';

/** `templates/service.yaml`. */
export const service = (name: string): string =>
  each(
    name,
    '$service.port',
    `${head(name, 'v1', 'Service')}${annotations('$service.service.annotations')}spec:
  type: {{ $service.service.type }}
  selector:
    {{- include "${name}.selector" $name | nindent 4 }}
  ports:
    - name: http
      port: {{ int $service.service.port }}
      targetPort: http
      protocol: TCP
`,
  );

/** `templates/ingress.yaml`. */
export const ingress = (name: string): string =>
  each(
    name,
    'and $service.port $service.ingress.enabled',
    `${head(name, 'networking.k8s.io/v1', 'Ingress')}${annotations('$service.ingress.annotations')}spec:
  {{- with $service.ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with $service.ingress.tlsSecret }}
  tls:
    - hosts:
        - {{ $service.ingress.host | quote }}
      secretName: {{ . }}
  {{- end }}
  rules:
    - host: {{ $service.ingress.host | quote }}
      http:
        paths:
          - path: {{ $service.ingress.path }}
            pathType: {{ $service.ingress.pathType }}
            backend:
              service:
                name: {{ $name }}
                port:
                  name: http
`,
  );

/** `templates/networkpolicy.yaml`: what is not let in or out here is refused. */
export const networkPolicy = (name: string): string =>
  each(
    name,
    '$service.networkPolicy.enabled',
    `${head(name, 'networking.k8s.io/v1', 'NetworkPolicy')}spec:
  podSelector:
    matchLabels:
      {{- include "${name}.selector" $name | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    {{- toYaml $service.networkPolicy.ingress | nindent 4 }}
  egress:
    {{- toYaml (concat $service.networkPolicy.dns $service.networkPolicy.egress) | nindent 4 }}
`,
  );

const scales = 'and (eq $service.workload "Deployment") $service.autoscaling.enabled';

/** `templates/horizontalpodautoscaler.yaml`. */
export const autoscaler = (name: string): string =>
  each(
    name,
    scales,
    `${head(name, 'autoscaling/v2', 'HorizontalPodAutoscaler')}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ int $service.autoscaling.minReplicas }}
  maxReplicas: {{ int $service.autoscaling.maxReplicas }}
  metrics:
    {{- toYaml $service.autoscaling.metrics | nindent 4 }}
  {{- with $service.autoscaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
`,
  );

/** `templates/poddisruptionbudget.yaml`: a service that never has two pods would block every drain. */
export const disruptionBudget = (name: string): string =>
  each(
    name,
    scales,
    `${head(name, 'policy/v1', 'PodDisruptionBudget')}spec:
  maxUnavailable: {{ $service.disruptionBudget.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "${name}.selector" $name | nindent 6 }}
`,
  );

/** `templates/extra.yaml`: objects that only this cluster or this service needs. */
export const extra = (): string => `{{- range $name, $own := .Values.services }}
{{- range $own.extraObjects }}
---
{{ toYaml . }}
{{- end }}
{{- end }}
`;
