import { append, type Mutation, rewrite } from '../../labelled.ts';

const isMetadata = /(?:^|\/)Chart\.yaml$/;

/** A fault of a template; Chart.yaml has none. */
function template({ name, breaks }: Mutation): Mutation {
  return { name, breaks: (text, path) => (isMetadata.test(path) ? null : breaks(text, path)) };
}

/** A fault of Chart.yaml. */
function metadata({ name, breaks }: Mutation): Mutation {
  return { name, breaks: (text, path) => (isMetadata.test(path) ? breaks(text, path) : null) };
}

/** An object with a fault, rendered at the end of a template. */
function object(name: string, text: string): Mutation {
  return template(
    append(name, `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: omega\n${text}`),
  );
}

/** What `helm lint`, `helm template` or the API server refuses of a chart. */
export const mutations: readonly Mutation[] = [
  template(rewrite('braces that are not closed', /\}\}(?![\s\S]*\}\})/, '}')),
  template(rewrite('a block without its end', /\{\{-? end -?\}\}(?![\s\S]*\{\{-? end -?\}\})/, '')),
  template(append('an end too many', '{{ end }}')),
  template(append('an else without its if', '{{ else }}')),
  template(append('an if without its condition', '{{ if }}{{ end }}')),
  template(append('a quote that is not closed', 'note: {{ "open }}')),
  template(append('a parenthesis that is not closed', 'note: {{ (printf "%s" .Chart.Name }}')),
  template(append('a variable that nobody declared', '# {{ $omegaNobody }}')),
  template(append('a misspelt toYaml', '# {{ toYML .Values }}')),
  template(append('a function of another tool', '# {{ .Chart.Name | to_json }}')),
  template(append('a key with a hyphen', '# {{ .Values.omega-key }}')),
  template(append('a field of a value that is not set', '# {{ .Values.omegaNobody.image.tag }}')),
  template(append('a helper that nobody wrote', '# {{ include "omega.nobody" . }}')),
  template(append('a template that nobody wrote', '# {{ template "omega.nobody" . }}')),
  template(append('an include without its context', '# {{ include "omega.nobody" }}')),
  template(append('an indent of a word', '# {{ .Chart.Name | nindent "two" }}')),
  template(append('a comparison of two kinds', '# {{ if gt .Chart.Name 3 }}a{{ end }}')),
  template(append('a method that charts have not', '# {{ .Chart.FullName }}')),
  template(append('an argument too few', '# {{ replace "a" "b" }}')),
  template(append('a pipe into nothing', '# {{ .Chart.Name | }}')),
  template(append('a range over a word', '{{ range .Chart.Name }}a{{ end }}')),
  template(append('a comment that is not closed', '{{/* note')),
  template(append('a pattern that is none', '# {{ mustRegexMatch "[a" .Chart.Name }}')),
  object('a block at the wrong indentation', 'data:\n  a: b\n c: d'),
  object('a tab in what is rendered', 'data:\n\ta: b'),
  object('a number where a text must be', 'data:\n  port: {{ 8080 }}'),
  object('a colon in a bare text', 'data:\n  url: {{ "a: b" }}'),
  object('a key that is there twice', 'data:\n  a: b\n  {{ "a" }}: c'),
  object('an unknown field', 'datas: {}'),
  object(
    'a mapping where a text must be',
    'data:\n  a:\n    {{- toYaml (dict "b" "c") | nindent 4 }}',
  ),
  object('a list as Go prints it', 'data: {{ list "a" "b" }}'),
  template(append('an object without its name', '---\napiVersion: v1\nkind: ConfigMap\ndata: {}')),
  template(
    append(
      'a kind in small letters',
      '---\napiVersion: v1\nkind: configMap\nmetadata:\n  name: omega',
    ),
  ),
  metadata(rewrite('no version', /^version:.*\n/m, '')),
  metadata(rewrite('a version that is none', /^version:.*$/m, 'version: latest')),
  metadata(rewrite('no name', /^name:.*\n/m, '')),
  metadata(rewrite('no apiVersion', /^apiVersion:.*\n/m, '')),
  metadata(
    rewrite(
      'an appVersion that is a number',
      /^(?:appVersion:.*\n)?version:/m,
      'appVersion: 1.0\nversion:',
    ),
  ),
  metadata(rewrite('a type that is none', /^(?:type:.*\n)?version:/m, 'type: service\nversion:')),
  metadata(
    append(
      'a dependency without its name',
      'dependencies:\n  - version: 1.0.0\n    repository: https://example.org',
    ),
  ),
  metadata(append('dependencies as a mapping', 'dependencies:\n  redis: 1.0.0')),
  metadata(rewrite('a tab as indentation', /$(?![\s\S])/, '\nmaintainers:\n\t- name: omega\n')),
  metadata(
    rewrite('a name with half its quotes', /^name: *["']?([\w.-]+)["']?[ \t]*$/m, 'name: "$1'),
  ),
];
