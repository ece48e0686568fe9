import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { ContainerFacts } from '#main/generation/improve/kubernetes/facts.ts';
import { improveKubernetes } from '#main/generation/improve/kubernetes/improve-kubernetes.ts';
import { judge } from '../validation/expect-findings.ts';

const facts: ContainerFacts = {
  runsAs: { uid: 1000, isOrdinary: true, gainsRights: false },
  writes: ['/cache'],
  health: { path: '/health', alive: '/health', port: 3000, startupSeconds: 30 },
  resources: {
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { memory: '512Mi' },
    reason: 'measured',
  },
};
const known = () => facts;
const unknown = () => null;

const author = `# ours
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}   # the front
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: 'web'
        image: "acme/web:1.2"
        ports:
        - {name: http, containerPort: 3000}
        # trailing
---
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
`;
// biome-ignore lint/suspicious/noExplicitAny: manifests are open records
const documents = (text: string): any[] => parseAllDocuments(text).map((one) => one.toJS());

describe('an author’s manifest', () => {
  const { content, left } = improveKubernetes(author, known);
  const [deployment, budget] = documents(content);
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  it('is hardened where everything is known, and probed where the source answers', () => {
    expect(container.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(
      ['/tmp', '/cache'],
    );
    expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual(
      container.volumeMounts.map(({ name }: { name: string }) => name),
    );
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health', port: 'http' });
    expect(container.resources).toEqual({
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '512Mi' },
    });
    expect(budget.apiVersion).toBe('policy/v1');
    expect(left).toEqual([]);
  });

  it('keeps every line that was there, and fails no rule that it did not', async () => {
    const lines = content.split('\n');
    for (const line of author.split('\n'))
      if (!line.includes('v1beta1')) expect(lines).toContain(line);
    expect(content).toContain('# measured\n');
    expect((await judge('kubernetes', content)).length).toBe(0);
    expect(improveKubernetes(content, known).content).toBe(content);
    expect(improveKubernetes(author.replaceAll('\n', '\r\n'), known).content).toBe(
      content.replaceAll('\n', '\r\n'),
    );
  });

  it('is left alone where nothing is known, and says so in one sentence', async () => {
    const other = improveKubernetes(author, unknown);
    expect(documents(other.content)[0]).toEqual(documents(author)[0]);
    expect(other.left).toHaveLength(1);
    expect(other.left[0]?.text).toContain('nobody knows');
    const before = await judge('kubernetes', author);
    expect((await judge('kubernetes', other.content)).length).toBeLessThanOrEqual(before.length);
  });

  it('does not name a user that would keep the pod from starting', () => {
    // runAsNonRoot with a user by name is refused by the kubelet.
    const named = { ...facts, runsAs: { uid: null, isOrdinary: true, gainsRights: false } };
    const [first] = documents(improveKubernetes(author, () => named).content);
    expect(first.spec.template.spec.containers[0].securityContext).not.toHaveProperty(
      'runAsNonRoot',
    );
  });

  it('gives two containers volumes of different names', () => {
    const two = author.replace(
      '        # trailing',
      "      - name: side\n        image: 'acme/side:1'\n        # trailing",
    );
    const [first] = documents(improveKubernetes(two, known).content);
    const names = first.spec.template.spec.volumes.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(4);
  });

  it.each([
    [
      'a template',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n',
    ],
    [
      'a patch',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env: []\n',
    ],
    [
      'an Ingress of a version with other fields',
      'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata:\n  name: web\nspec: {}\n',
    ],
    [
      'duplicate keys',
      'apiVersion: v1\nkind: Pod\nkind: Pod\nspec:\n  containers: [{name: a, image: b}]\n',
    ],
    [
      'a privileged pod with a key of its own',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  serviceAccountName: x\n  containers:\n    - name: a\n      image: b:1\n      resources: {limits: {memory: 1Gi}}\n      livenessProbe: {tcpSocket: {port: 1}}\n      securityContext: {privileged: true}\n',
    ],
  ])('is not touched where it is %s', (_what, text) => {
    expect(improveKubernetes(text, known).content).toBe(text);
  });
});
