import { describe, expect, it } from 'vitest';
import { improveChart } from '#main/generation/improve/helm/improve-chart.ts';
import { blocksOf } from '#main/generation/improve/helm/template-blocks.ts';
import type { ContainerFacts, FactsOf } from '#main/generation/improve/kubernetes/facts.ts';
import { readChart } from '#main/generation/validation/helm/chart.ts';
import { kubernetesSchema } from '#main/generation/validation/kubernetes/schema.ts';

const facts: ContainerFacts = {
  runsAs: { isOrdinary: true, uid: 1000, gainsRights: false } as ContainerFacts['runsAs'],
  writes: null,
  health: null,
  resources: { requests: { cpu: '100m' }, limits: { memory: '128Mi' }, reason: 'measured' },
};
const known: FactsOf = ({ container }) => (container === 'api' ? facts : null);
const schema = await kubernetesSchema();

/** What `helm create` writes, shortened; `pod` and `container` stand in their places. */
const deployment = (pod: string, container: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels: { app: api }
  template:
    metadata:
      labels: { app: api }
    spec:
${pod}      containers:
        - name: api # ours
          image: "{{ .Values.image }}:{{ .Chart.AppVersion }}"
${container}      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
`;
const scaffold = deployment(
  '      {{- with .Values.podSecurityContext }}\n      securityContext:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n',
  '          {{- with .Values.securityContext }}\n          securityContext:\n            {{- toYaml . | nindent 12 }}\n          {{- end }}\n          resources:\n            {{- toYaml .Values.resources | nindent 12 }}\n',
);
const emptied = `image: api # the image
podSecurityContext: {}
  # fsGroup: 2000

securityContext: {} # none yet
resources: {}
nodeSelector: {}
unused:
  securityContext: {}
`;

function improve(template: string, values: string, factsOf: FactsOf = known) {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\nappVersion: "2.0"\n',
    'values.yaml': values,
    'templates/deployment.yaml': template,
  };
  const texts = Object.entries(files).map(([path, content]) => ({ path, content }));
  const { files: made, left } = improveChart(readChart('', texts), schema, factsOf);
  const of = (path: string) => made.find((one) => one.path === path)?.content;
  return {
    values: of('values.yaml') ?? values,
    template: of('templates/deployment.yaml') ?? template,
    left,
  };
}

describe("an author's chart", () => {
  it('gets what its templates render where "helm create" left it empty, and nothing where they do not', () => {
    const { values, template } = improve(scaffold, emptied);
    expect(values).toBe(`image: api # the image
podSecurityContext:
  seccompProfile:
    type: RuntimeDefault
  # fsGroup: 2000

securityContext: # none yet
  runAsNonRoot: true
  runAsUser: 1000
  allowPrivilegeEscalation: false
  capabilities:
    drop:
      - ALL
resources:
  requests:
    cpu: 100m
  limits:
    memory: 128Mi
nodeSelector: {}
unused:
  securityContext: {}
`);
    expect(template).toBe(
      scaffold.replace(
        '      {{- with .Values.nodeSelector',
        '      automountServiceAccountToken: false\n      {{- with .Values.nodeSelector',
      ),
    );
    // A second run over both finds nothing to do.
    expect(improve(template, values)).toMatchObject({ values, template });
  });

  it('of which nobody knows what it runs stays as it is, and it is told', () => {
    const made = improve(scaffold, emptied, () => null);
    expect(made).toMatchObject({ values: emptied, template: scaffold });
    expect(made.left).toEqual([
      expect.stringContaining('templates/deployment.yaml: Left as it is'),
    ]);
  });

  it('of plain text is hardened in its templates, outside of blocks that may not be rendered', () => {
    const plain = deployment(
      '',
      '          {{- if .Values.debug }}\n          command: [sh]\n          {{- end }}\n',
    );
    for (const template of [plain, plain.replaceAll('\n', '\r\n')]) {
      const made = improve(template, 'image: api\ndebug: true\nnodeSelector: {}\n').template;
      expect(made).toContain('securityContext:');
      // What was there is there still, line by line.
      const rest = made.split('\n');
      for (const line of template.split('\n')) {
        expect(rest).toContain(line);
        rest.splice(0, rest.indexOf(line) + 1);
      }
      const at = made.search(/ {10}securityContext:/);
      expect(made.slice(0, at)).toMatch(/\{\{- end \}\}\r?\n$/);
      expect(improve(made, 'image: api\ndebug: true\nnodeSelector: {}\n').template).toBe(made);
    }
  });

  it('keeps branches that say the same when a switch is thrown', () => {
    const branch =
      '          {{- if .Values.hardened }}\n          securityContext: { runAsUser: 5 }\n          {{- end }}\n';
    const template = deployment('      serviceAccountName: api\n', branch);
    const made = improve(template, 'image: api\nhardened: false\nnodeSelector: {}\n');
    // Another securityContext would be the second of that key.
    expect(made.template).toBe(template);
    expect(made.left.join()).toContain('in branches of its own');
  });

  it('adds to a setting in its values, never behind what the template writes out of them', () => {
    const values = emptied
      .replace('securityContext: {} # none yet', 'securityContext:\n  runAsUser: 7 # theirs')
      .replace('podSecurityContext: {}', 'podSecurityContext: { fsGroup: 7 }');
    const made = improve(scaffold, values);
    expect(made.values).toContain('podSecurityContext: { fsGroup: 7, seccompProfile: ');
    expect(made.values).toContain(
      'securityContext:\n  runAsUser: 7 # theirs\n  runAsNonRoot: true\n  allowPrivilegeEscalation: false\n',
    );
    expect(made.template).not.toContain('runAsNonRoot');
    // Where values.yaml has no such setting, a line behind toYaml could be the second of its key.
    const whole = scaffold.replace('.Values.securityContext }}', '.Values.container.security }}');
    const other = improve(whole, `${values}container:\n  security: { runAsUser: 7 }\n`);
    expect(other.template).not.toContain('runAsNonRoot');
  });

  it('has a switch thrown that its author made for it, and none that does more', () => {
    const branch = (more: string) =>
      `      {{- if .Values.seccompProfile.enable }}\n      securityContext: { seccompProfile: { type: RuntimeDefault } }\n${more}      {{- end }}\n`;
    const values = 'image: api\nseccompProfile:\n  enable: false # off\nnodeSelector: {}\n';
    expect(improve(deployment(branch(''), ''), values).values).toBe(
      values.replace('false', 'true'),
    );
    expect(improve(deployment(branch('      hostNetwork: true\n'), ''), values).values).toBe(
      values,
    );
  });

  it('gets API versions that are there still, and one template that fails spoils no other', () => {
    const budget =
      '{{- if .Values.budget }}\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: api\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels: { app: api }\n{{- end }}\n';
    const values = 'image: api\nbudget: true\n';
    expect(improve(budget, values).template).toBe(budget.replace('policy/v1beta1', 'policy/v1'));
    expect(improve(`{{ fail "no" }}\n${budget}`, values).template).toContain('v1beta1');
    expect(improve('{{ if }}', values)).toMatchObject({ template: '{{ if }}', values });
  });
});

it('blocks of a template are told apart by their branches, and comments open none', () => {
  const template = 'a\n{{- if .x }}\nb\n{{- else }}\nc\n{{- end }}\n{{/* if */}}\nd';
  const [a, , b, , c, , , d] = blocksOf(template);
  expect(new Set([a, b, c]).size).toBe(3);
  expect(d).toBe(a);
});
