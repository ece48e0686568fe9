import { describe, expect, it } from 'vitest';
import { compose, contradictions, file, manifest, messages } from './files.ts';

const template = `{{- range $name, $own := .Values.services }}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ $name }} }
spec:
  selector: { matchLabels: { app: {{ $name }} } }
  template:
    metadata: { labels: { app: {{ $name }} } }
    spec:
      containers:
        - name: {{ $name }}
          image: {{ $own.image }}:{{ $.Chart.AppVersion }}
          ports: [{ name: {{ $own.portName }}, containerPort: {{ $own.port }} }]
          env:
            {{- range $key, $value := $own.vars }}
            - { name: {{ $key }}, value: {{ $value | quote }} }
            {{- end }}
{{- end }}
`;
const service = (label: string) => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: ${label} }
  ports: [{ port: 80, targetPort: http }]
`;
const chart = (change: (values: string) => string = (values) => values, label = 'web') => [
  file('charts/shop/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: 1.0.0\n'),
  file(
    'charts/shop/values.yaml',
    change(
      'services:\n  web:\n    image: reg.example.com/shop/web\n    port: 8080\n    portName: http\n    vars:\n      A: "1"\n      B: "2"\n',
    ),
  ),
  file('charts/shop/templates/deployment.yaml', template),
  file(
    'charts/shop/templates/service.yaml',
    service(label).replace('name: web', 'name: {{ "web" }}'),
  ),
];

describe('charts, rendered with their own values', () => {
  it('agree with Compose and the manifests', async () => {
    expect(await contradictions(compose(), manifest(), ...chart())).toEqual([]);
  });

  it.each([
    ['port', (text: string) => text.replace('8080', '9090'), 4, 'omega/port-differs'],
    ['image', (text: string) => text.replace('shop/web', 'shop/wbe'), 3, 'omega/image-differs'],
    ['variable', (text: string) => text.replace('B:', 'C:'), 8, 'omega/variables-differ'],
  ])('tell another %s at its line in the values', async (_what, change, line, rule) => {
    expect(await contradictions(compose(), ...chart(change))).toEqual([
      `charts/shop/values.yaml:${line} ${rule}`,
    ]);
  });

  it('name both places and what to do', async () => {
    const [message] = await messages(compose(), ...chart((text) => text.replace('8080', '9090')));
    expect(message).toContain('compose.yaml (line 5)');
    expect(message).toContain('9090');
    expect(message).toMatch(/Set the one/);
  });

  it('tell a Service of a template that finds no pod of another, or not its port', async () => {
    expect(await contradictions(compose(), ...chart(undefined, 'wbe'))).toEqual([
      'charts/shop/templates/service.yaml:5 omega/selects-nothing',
    ]);
    const renamed = chart((text) => text.replace('portName: http', 'portName: web'));
    expect(await contradictions(compose(), ...renamed)).toEqual([
      'charts/shop/templates/service.yaml:6 omega/port-differs',
    ]);
  });

  it('may leave variables to who installs them', async () => {
    const open = (text: string) =>
      `${text.replace(/ {6}[AB]: "\d"\n/g, '').replace('vars:', 'vars: {}')}extraEnv: []\n`;
    expect(await contradictions(compose(), ...chart(open))).toEqual([]);
  });

  it('that cannot be rendered say nothing', async () => {
    const broken = chart().map((one) =>
      one.path.endsWith('deployment.yaml') ? { ...one, content: '{{ range }' } : one,
    );
    expect(await contradictions(compose(), ...broken)).toEqual([]);
  });
});
