import { describe, expect, it } from 'vitest';
import { improveCompose } from '#main/generation/improve/compose/improve-compose.ts';
import { improveKubernetes } from '#main/generation/improve/kubernetes/improve-kubernetes.ts';
import { improveKustomization } from '#main/generation/improve/kustomize/improve-kustomization.ts';
import { improveWorkflow } from '#main/generation/improve/workflow/improve-workflow.ts';
import { judge } from '#main/generation/validation/judge.ts';
import type { FileFormat } from '#main/generation/validation/validator.ts';
import { cpuMs } from '#test/support/cpu-time.ts';

type Yaml = { readonly path: string; readonly good: string };

/** A good file of each format that is read from projects, with comments. */
const formats: Partial<Record<FileFormat, Yaml>> = {
  compose: {
    path: 'compose.yaml',
    good: '# head\nservices:\n  web: # the site\n    image: acme/web:1.2.3\n    ports: ["127.0.0.1:80:80"]\n',
  },
  kubernetes: {
    path: 'k8s/a.yaml',
    good: '# head\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a # its name\ndata:\n  a: b\n',
  },
  kustomization: {
    path: 'kustomization.yaml',
    good: '# head\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: a- # of the team\n',
  },
  helm: { path: 'charts/a/values.yaml', good: '# head\nimage: a # its image\nport: 80\n' },
  'github-workflow': {
    path: '.github/workflows/a.yml',
    good: '# head\non: push\npermissions: {}\njobs:\n  a: # one\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ls\n',
  },
  'gitlab-ci': { path: '.gitlab-ci.yml', good: '# head\na: # one\n  script:\n    - ls\n' },
  collector: {
    path: 'collector.yaml',
    good: '# head\nreceivers: {otlp: {protocols: {grpc: {endpoint: "127.0.0.1:4317"}}}}\nexporters: {debug: {}} # out\nservice:\n  pipelines:\n    traces: {receivers: [otlp], exporters: [debug]}\n',
  },
  prometheus: {
    path: 'rules.yaml',
    good: '# head\ngroups:\n  - name: a # one\n    rules:\n      - {record: "a:b", expr: up}\n',
  },
  kyverno: {
    path: 'policies/a.yaml',
    good: '# head\napiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata:\n  name: a # one\nspec:\n  rules:\n    - name: a\n      match: {any: [{resources: {kinds: [Pod]}}]}\n      validate: {failureAction: Audit, message: m, pattern: {metadata: {name: "?*"}}}\n',
  },
};

/** Nine lists of nine of the one before: 4 * 10^8 nodes for whoever expands them. */
const bomb = `${Array.from(
  { length: 9 },
  (_, at) =>
    `x${at}: &x${at} [${
      at === 0
        ? 'lol'
        : Array(9)
            .fill(`*x${at - 1}`)
            .join(', ')
    }]`,
).join('\n')}\n`;

/** Ways to break a file: each must be named with its line. */
const broken: Readonly<Record<string, (text: string) => string>> = {
  'a tab': (text) => `${text}zz:\n\tyy: 1\n`,
  'a key twice': (text) => `${text}zz: 1\nzz: 2\n`,
  'a billion laughs': (text) => `${text}${bomb}`,
  'an alias of nothing': (text) => `${text}zz: *nobody\n`,
  'an endless list': (text) => `${text}zz: ${'['.repeat(5_000)}\n`,
};

/** Ways to write the same file. */
const rewritten: Readonly<Record<string, (text: string) => string>> = {
  'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'a mark of its beginning and end': (text) => `---\n${text}...\n`,
};

const all = Object.entries(formats) as [FileFormat, Yaml][];
const siblings = [
  { path: 'charts/a/Chart.yaml', content: 'apiVersion: v2\nname: a\nversion: 1.0.0\n' },
];

async function findings(format: FileFormat, { path }: Yaml, content: string) {
  const before = cpuMs();
  const found = await judge({ path, content, format, siblings: format === 'helm' ? siblings : [] });
  return {
    found,
    errors: found.filter(({ severity }) => severity === 'error'),
    ms: cpuMs() - before,
  };
}

describe.each(all)('%s', (format, yaml) => {
  it.each(Object.entries(broken))(
    'with %s is refused, at its line and in a moment',
    async (_, change) => {
      const text = change(yaml.good);
      const { errors, ms } = await findings(format, yaml, text);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.every(({ line }) => line >= 1 && line <= text.split('\n').length)).toBe(true);
      expect(ms).toBeLessThan(3_000);
    },
  );

  it.each(Object.entries(rewritten))('with %s is what it was', async (_, change) => {
    const [plain, other] = [
      await findings(format, yaml, yaml.good),
      await findings(format, yaml, change(yaml.good)),
    ];
    expect(plain.errors).toEqual([]);
    expect(other.errors).toEqual([]);
  });
});

const improvers: Readonly<
  Record<string, readonly [good: string, improve: (text: string) => string]>
> = {
  compose: [
    '# head\nversion: "3"\nservices:\n  web: # the site\n    build: . # here\n    ports: ["80:80"] # open\n  db: # its data\n    image: postgres:16 # pinned\n',
    (text) => improveCompose(text, () => null).content,
  ],
  kubernetes: [
    '# head\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a} # its name\nspec:\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {labels: {app: a}}\n    spec:\n      containers:\n        - name: a # one\n          image: nginx:1.27 # pinned\n',
    (text) => improveKubernetes(text, () => null).content,
  ],
  workflow: [
    '# head\non: push # always\njobs:\n  a: # one\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4 # code\n',
    (text) =>
      improveWorkflow(text, () => ({ commit: 'a'.repeat(40), version: 'v4' }) as never).content,
  ],
  kustomization: [
    '# head\nbases: # what it stands on\n  - ../base # here\npatchesStrategicMerge: # ours\n  - a.yaml # one\n',
    (text: string) => improveKustomization(text, () => null).content,
  ],
};

const anchored: Readonly<Record<string, (text: string) => string>> = {
  'anchors and merge keys': (text) => `x-a: &a # shared\n  k: v\nx-b:\n  <<: *a # merged\n${text}`,
  'a second document': (text) => `${text}---\n# second\na: 1\n`,
};

describe.each(Object.entries(improvers))('small changes to %s', (_, [good, improve]) => {
  it.each(Object.entries({ ...broken, ...rewritten, ...anchored }))(
    'with %s lose no comment, and come to an end',
    (name, change) => {
      const text = change(good);
      const before = cpuMs();
      const after = improve(text);
      expect(cpuMs() - before).toBeLessThan(3_000);
      for (const [comment] of text.matchAll(/# [\w ]+/g)) expect(after).toContain(comment);
      if (Object.hasOwn(broken, name)) expect(after).toBe(text);
      // Line ends and the mark stay as they were.
      expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(text));
      expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
      expect(improve(after)).toBe(after);
    },
  );
});
