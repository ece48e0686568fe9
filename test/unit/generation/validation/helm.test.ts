import { describe, expect, it } from 'vitest';
import { judge } from '#main/generation/validation/judge.ts';
import { brief } from './expect-findings.ts';

const chart = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image }}"
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
`;
const good: Readonly<Record<string, string>> = {
  'c/Chart.yaml': chart,
  'c/values.yaml': 'image: nginx:1.27\nresources:\n  limits: {memory: 64Mi}\n',
  'c/values.schema.json':
    '{\n  "type": "object",\n  "properties": {\n    "image": {"type": "string"}\n  }\n}\n',
  'c/templates/_helpers.tpl': '{{- define "shop.name" -}}\n{{ .Release.Name }}-web\n{{- end }}\n',
  'c/templates/web.yaml': deployment,
};

/** Findings of one file of the chart, some of its files replaced. */
async function found(path: string, changes: Readonly<Record<string, string>> = {}) {
  const files = Object.entries({ ...good, ...changes }).map(([at, content]) => ({
    path: at,
    content,
  }));
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(path);
  return judge({ ...file, siblings: files, format: 'helm' });
}

describe('a good chart', () => {
  it.each(Object.keys(good))('has no error in %s', async (path) => {
    expect(brief(await found(path), 'error')).toEqual([]);
  });

  it('may be a library, have no values, or leave all to the user', async () => {
    const library = { 'c/Chart.yaml': `${chart}type: library\n`, 'c/values.yaml': '' };
    expect(await found('c/templates/web.yaml', library)).toEqual([]);
    expect(await found('c/values.yaml', library)).toEqual([]);
    const asks = { 'c/templates/web.yaml': 'a: 1\nb: {{ required "set host" .Values.host }}\n' };
    expect(brief(await found('c/templates/web.yaml', asks), 'info')).toEqual([
      'helm/needs-values@2',
    ]);
  });

  it('whose dependencies are not there says so, once per chart that is missing', async () => {
    const needs = {
      'c/Chart.yaml': `${chart}dependencies:\n  - name: common\n    version: 2.x.x\n    repository: oci://registry.example.com\n`,
      'c/templates/web.yaml': 'kind: {{ include "common.kind" . }}\n',
    };
    expect(brief(await found('c/Chart.yaml', needs), 'info')).toEqual(['helm/not-rendered@5']);
    expect(await found('c/templates/web.yaml', needs)).toMatchObject([
      { rule: 'helm/not-rendered', severity: 'info', line: 1 },
    ]);
  });
});

describe('a broken Chart.yaml', () => {
  it.each([
    ['no version', 'apiVersion: v2\nname: a\n', 'helm/missing-field@1'],
    [
      'a version that YAML takes for a number',
      'apiVersion: v2\nname: a\nversion: 1.0\n',
      'helm/chart@3',
    ],
    ['a version that is none', 'apiVersion: v2\nname: a\nversion: latest\n', 'helm/chart@3'],
    ['an unknown apiVersion', 'apiVersion: v3\nname: a\nversion: 1.0.0\n', 'helm/chart@1'],
    ['a name with a slash', 'apiVersion: v2\nname: a/b\nversion: 1.0.0\n', 'helm/chart@2'],
    ['an appVersion that is a number', `${chart}appVersion: 1.2\n`, 'helm/chart@4'],
    ['an unknown type', `${chart}type: app\n`, 'helm/chart@4'],
    [
      'a dependency without name',
      `${chart}dependencies:\n  - version: 1.0.0\n`,
      'helm/dependency@5',
    ],
    ['a tab', 'apiVersion: v2\n\tname: a\n', 'helm/yaml@2'],
    ['a key twice', `${chart}name: b\n`, 'helm/duplicate-key@4'],
  ])('is refused: %s', async (_, content, finding) => {
    const errors = brief(await found('c/Chart.yaml', { 'c/Chart.yaml': content }), 'error');
    expect(errors).toContain(finding);
  });
});

describe('broken values', () => {
  it.each([
    ['another type than the schema has', 'image: 1\n', 'helm/schema-mismatch@1'],
    ['a list', '- a\n', 'helm/values@1'],
    ['a key twice', 'a: 1\na: 2\n', 'helm/duplicate-key@2'],
    ['a secret', `image: a\ntoken: ghp_${'a1B2'.repeat(9)}\n`, 'helm/inline-secret@2'],
  ])('are refused: %s', async (_, content, finding) => {
    const errors = brief(await found('c/values.yaml', { 'c/values.yaml': content }), 'error');
    expect(errors).toEqual([finding]);
  });

  it('of another environment are laid over the defaults first', async () => {
    const schema = '{"required": ["image"], "properties": {"image": {"type": "string"}}}';
    const changes = { 'c/values.schema.json': schema, 'c/values-prod.yaml': 'resources: {}\n' };
    expect(await found('c/values-prod.yaml', changes)).toEqual([]);
    const wrong = { ...changes, 'c/values-prod.yaml': 'image: [a]\n' };
    expect(brief(await found('c/values-prod.yaml', wrong), 'error')).toEqual([
      'helm/schema-mismatch@1',
    ]);
  });

  it.each([
    ['no JSON', '{\n  "type": "object",\n}\n', 3],
    ['no schema', '{\n  "type": "strng"\n}\n', 2],
  ])('have a schema that is %s', async (_, content, line) => {
    const path = 'c/values.schema.json';
    expect(brief(await found(path, { [path]: content }), 'error')).toEqual([`helm/schema@${line}`]);
  });
});

it('refuses patterns of a .helmignore for which Helm refuses the chart', async () => {
  const path = 'c/.helmignore';
  expect(brief(await found(path, { [path]: '# a\n*.tmp\n**/x\n[ab\n' }), 'error')).toEqual([
    'helm/ignore@3',
    'helm/ignore@4',
  ]);
});

describe('a good template', () => {
  // Istio's charts lay profiles over their values this way.
  it('reads the values that one before it has set', async () => {
    const profile =
      '{{- $d := .Values.hidden }}\n{{- $p := dict }}\n' +
      '{{- $a := mustMergeOverwrite $d ($p.global) (.Values.global | default dict) }}\n' +
      '{{- $b := set $ "Values" (mustMergeOverwrite $d $.Values) }}\n';
    const changes = {
      'c/values.yaml': 'hidden:\n  web: {image: a:1}\n',
      'c/templates/web.yaml': deployment.replace('.Values.image', '.Values.web.image'),
      'c/templates/zzz_profile.yaml': profile,
    };
    for (const path of ['c/templates/web.yaml', 'c/templates/zzz_profile.yaml'])
      expect(brief(await found(path, changes), 'error')).toEqual([]);
    const late = {
      ...changes,
      'c/templates/zzz_profile.yaml': '',
      'c/templates/a.yaml': profile,
    };
    expect(brief(await found('c/templates/web.yaml', late), 'error')).toEqual(['helm/render@14']);
  });

  it('of a chart within another may need what only that one has', async () => {
    const path = 'c/templates/web.yaml';
    const needy = { [path]: 'a: {{ include "all.labels" . }}{{ .Values.x.y }}\n' };
    const files = Object.entries({ ...good, ...needy }).map(([at, content]) => ({
      path: `all/charts/${at}`,
      content,
    }));
    const file = files.find((one) => one.path.endsWith(path)) ?? { path, content: '' };
    const parent = { path: 'all/Chart.yaml', content: chart };
    const alone = await judge({ ...file, siblings: files, format: 'helm' });
    expect(brief(alone, 'error')).toEqual(['helm/render@1']);
    const within = await judge({ ...file, siblings: [...files, parent], format: 'helm' });
    expect(brief(within, 'info')).toEqual(['helm/not-rendered@1']);
  });
});

describe('a broken template', () => {
  it.each([
    ['an action that is not closed', 'a: 1\nb: {{ .Values.a\n', 'helm/template@2'],
    ['a block that is not closed', 'a: 1\n{{ if .Values.a }}\nb: 2\n', 'helm/template@2'],
    ['an end too many', 'a: 1\n{{ end }}\n', 'helm/template@2'],
    ['a quote right after a word', 'a: {{ template"x" . }}\n', 'helm/template@1'],
    ['a key with a hyphen', 'a: {{ .Values.my-key }}\n', 'helm/template@1'],
    ['a variable that nobody declared', '\na: {{ $host }}\n', 'helm/template@2'],
    ['a function that does not exist', 'a: {{ toYML .Values }}\n', 'helm/unknown-function@1'],
    ['a helper that does not exist', 'a: 1\nb: {{ include "shop.nme" . }}\n', 'helm/render@2'],
    ['a value of a value that is not set', 'a: 1\nb: {{ .Values.web.port }}\n', 'helm/render@2'],
    ['nothing merged into a mapping', 'a: {{ merge (dict) .Values.no }}\n', 'helm/render@1'],
    ['a text where a number must be', 'a: {{ "x" | indent "2" }}\n', 'helm/render@1'],
    [
      'numbers of two kinds compared',
      'a: {{ if eq .Values.count 1 }}b{{ end }}\n',
      'helm/render@1',
    ],
    [
      'YAML that is broken once it is rendered',
      'a: 1\nb: {{ .Values.image }}: c\n',
      'kubernetes/yaml@2',
    ],
  ])('is refused: %s', async (_, content, finding) => {
    const changes = { 'c/templates/web.yaml': content, 'c/values.yaml': 'count: 1\nimage: a:1\n' };
    expect(brief(await found('c/templates/web.yaml', changes), 'error')).toEqual([finding]);
  });

  it('is judged as what it renders to, on the line that wrote it', async () => {
    const broken = deployment
      .replace('  selector:', '  {{- if true }}\n  replica: 2\n  {{- end }}\n  selector:')
      .replace('matchLabels: {app: web}', 'matchLabels: {app: api}');
    const errors = brief(
      await found('c/templates/web.yaml', { 'c/templates/web.yaml': broken }),
      'error',
    );
    expect(errors).toEqual(['kubernetes/unknown-field@7', 'kubernetes/selector-mismatch@10']);
    const bad = { 'c/values.yaml': 'image: nginx:1.27\nresources: {limits: {memory: 64 MB}}\n' };
    // The block that toYaml wrote stands on the line of its action.
    expect(brief(await found('c/templates/web.yaml', bad), 'error')).toEqual([
      'kubernetes/wrong-type@17',
    ]);
  });

  it('elsewhere is told there, and here that nothing was rendered', async () => {
    const changes = { 'c/templates/_helpers.tpl': '{{ define "shop.name" }}' };
    expect(brief(await found('c/templates/_helpers.tpl', changes), 'error')).toEqual([
      'helm/template@1',
    ]);
    expect(await found('c/templates/web.yaml', changes)).toMatchObject([
      { rule: 'helm/not-rendered' },
    ]);
  });

  it.each([
    ['includes itself', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
    ['loops within loops', `{{ range until 99999 }}{{ range until 99999 }}x{{ end }}{{ end }}`],
    ['doubles a text for ever', `{{ $x := "ab" }}${'{{ $x = print $x $x }}'.repeat(40)}{{ $x }}`],
    ['nests too deep', `${'{{ if true }}'.repeat(5_000)}${'{{ end }}'.repeat(5_000)}`],
    ['nests parentheses', `{{ ${'('.repeat(5_000)}1${')'.repeat(5_000)} }}`],
  ])('that %s ends in a finding', async (_, content) => {
    const path = 'c/templates/web.yaml';
    expect(await found(path, { [path]: content })).toMatchObject([
      { rule: 'helm/too-much', severity: 'error' },
    ]);
  });
});
