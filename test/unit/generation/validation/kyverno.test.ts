import { describe, expect, it } from 'vitest';
import { brief, judge } from './expect-findings.ts';

const good = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: require-labels
spec:
  background: true
  rules:
    - name: check-team
      match:
        any:
          - resources:
              kinds: [Pod, apps/v1/Deployment]
      preconditions:
        all:
          - key: "{{ request.object.metadata.labels.team || '' }}"
            operator: NotEquals
            value: ""
      validate:
        failureAction: Audit
        message: The label team is missing.
        pattern:
          metadata:
            labels:
              =(team): "?*"
`;
const errors = async (text: string) =>
  brief(await judge('kyverno', text), 'error').map((one) => one.split('@')[0]);

describe('Kyverno policies', () => {
  it('of the usual form are accepted without a word', async () => {
    expect(await judge('kyverno', good)).toEqual([]);
  });

  it.each([
    ['an unknown field', 'background: true', 'backgroud: true', 'kyverno/unknown-field'],
    ['a wrong type', 'background: true', 'background: "true"', 'kyverno/wrong-type'],
    [
      'an action that does not exist',
      'failureAction: Audit',
      'failureAction: Warn',
      'kyverno/invalid-value',
    ],
    ['no rules', /rules:[\s\S]*/, 'rules: []\n', 'kyverno/no-rules'],
    [
      'two actions in a rule',
      '      validate:',
      '      generate: {}\n      validate:',
      'kyverno/one-action',
    ],
    [
      'a context without its source',
      '      validate:',
      '      context: [{name: a}]\n      validate:',
      'kyverno/context',
    ],
    [
      'preconditions that are a text',
      '      validate:',
      '      preconditions: always\n      validate:',
      'kyverno/conditions',
    ],
    [
      'a target without a name',
      / {6}validate:[\s\S]*/,
      '      generate: {apiVersion: v1, kind: Secret, data: {}}\n',
      'kyverno/missing-field',
    ],
    [
      'images that are not named',
      / {6}validate:[\s\S]*/,
      '      verifyImages: [{attestors: []}]\n',
      'kyverno/missing-field',
    ],
    ['no action', / {6}validate:[\s\S]*/, '', 'kyverno/one-action'],
    ['two checks', '        pattern:', '        deny: {}\n        pattern:', 'kyverno/one-check'],
    ['an empty match', /any:\n[\s\S]*?Deployment\]\n/, 'any: []\n', 'kyverno/empty-match'],
    [
      'a match without kinds',
      'kinds: [Pod, apps/v1/Deployment]',
      'names: [a]',
      'kyverno/empty-match',
    ],
    ['a kind with a slip', '[Pod, apps', '[Pods, apps', 'kyverno/invalid-kind'],
    [
      'any beside all',
      '        any:',
      '        all: [{resources: {kinds: [Pod]}}]\n        any:',
      'kyverno/any-and-all',
    ],
    ['an anchor that is not closed', '=(team)', '=(team', 'kyverno/invalid-anchor'],
    ['an anchor that only mutate has', '=(team)', '+(team)', 'kyverno/invalid-anchor'],
    ['a variable that is not closed', "|| '' }}", "|| '' }", 'kyverno/open-variable'],
    ['an expression that is not closed', "|| '' }}", "|| ' }}", 'kyverno/invalid-variable'],
    ['an operator that does not exist', 'NotEquals', 'IsNot', 'kyverno/invalid-operator'],
    [
      'a user in the background',
      'request.object.metadata.labels.team',
      'request.userInfo.username',
      'kyverno/no-background',
    ],
    ['another version', 'kyverno.io/v1', 'kyverno.io/v9', 'kyverno/unknown-api'],
    ['a kind that is none', 'kind: ClusterPolicy', 'kind: ClusterPolcy', 'kyverno/unknown-kind'],
    ['a name that is none', 'name: require-labels', 'name: Require Labels', 'kyverno/invalid-name'],
    ['a rule without a name', 'name: check-team\n      match', 'match', 'kyverno/missing-field'],
    [
      'duplicate keys',
      'background: true',
      'background: true\n  background: false',
      'kubernetes/duplicate-key',
    ],
  ] as const)('with %s are refused', async (_what, from, to, rule) => {
    const broken = good.replace(from, to);
    expect(broken).not.toBe(good);
    expect(await errors(broken)).toContain(rule);
  });

  it('with what is going away are warned of', async () => {
    const old = good
      .replace('background: true', 'validationFailureAction: Audit')
      .replace('NotEquals', 'NotEqual');
    expect(brief(await judge('kyverno', old), 'warning').map((one) => one.split('@')[0])).toEqual([
      'kyverno/deprecated-field',
      'kyverno/deprecated-field',
    ]);
  });

  it('tell the line, and judge other objects of the file too', async () => {
    const two = `${good}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  prots: []\n`;
    const found = await judge('kyverno', two);
    expect(found.map(({ rule, line }) => `${rule}@${line}`)).toContain(
      'kubernetes/unknown-field@31',
    );
    const late = await judge('kyverno', good.replace('=(team)', 'Y(team)'));
    expect(late).toMatchObject([{ rule: 'kyverno/invalid-anchor', line: 24 }]);
  });

  it('that are hostile end in findings', async () => {
    const deep = `${good}${' '.repeat(14)}a: ${'['.repeat(400)}${']'.repeat(400)}\n`;
    expect((await judge('kyverno', deep)).length).toBeGreaterThan(0);
    const many = good.replace('"?*"', `"${'{{ a }}'.repeat(2_000)}"`);
    expect(await errors(many)).toEqual([]);
  });
});
