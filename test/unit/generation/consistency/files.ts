import { checkConsistency } from '#main/generation/consistency/check-consistency.ts';
import type { ComparedFile } from '#main/generation/consistency/claim.ts';

/** A file of no service in particular. */
export const file = (
  path: string,
  content: string,
  service: string | null = null,
): ComparedFile => ({
  path,
  content,
  service,
});

/** `path:line rule` of all that contradicts. */
export async function contradictions(
  ...files: readonly ComparedFile[]
): Promise<readonly string[]> {
  const { findings } = await checkConsistency(files);
  return findings.map(({ path, finding }) => `${path}:${finding.line} ${finding.rule}`);
}

/** The messages of all that contradicts. */
export async function messages(...files: readonly ComparedFile[]): Promise<readonly string[]> {
  const { findings } = await checkConsistency(files);
  return findings.map(({ finding }) => finding.message);
}

/** A Compose file that builds the service web from its folder. */
export const compose = (more = ''): ComparedFile =>
  file(
    'compose.yaml',
    `services:
  web:
    image: shop/web:1.0.0
    build: ./web
    ports: ["80:8080"]
    environment: { A: "1", B: "2" }
  db:
    image: postgres:18
${more}`,
  );

/** A Deployment and its Service, as the parts of a manifest that others can contradict. */
export const manifest = (
  name = 'web',
  { image = `reg.example.com/shop/${name}:1.0.0`, port = 8080, env = ['A', 'B'] } = {},
): ComparedFile =>
  file(
    `k8s/${name}.yaml`,
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports: [{ name: http, containerPort: ${port} }]
          env:
${env.map((one) => `            - { name: ${one}, value: x }`).join('\n')}
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  selector: { app: ${name} }
  ports: [{ name: http, port: 80, targetPort: http }]
`,
    name,
  );
