import { describe, expect, it } from 'vitest';
import { compose, contradictions, file, manifest, messages } from './files.ts';

const dockerfile = file('web/Dockerfile', 'FROM node:24\nEXPOSE 8080\n', 'web');

const github = (change: (text: string) => string = (text) => text) =>
  file(
    '.github/workflows/ci.yml',
    change(`on: push
env:
  REGISTRY: ghcr.io/acme
jobs:
  image:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        include:
          - { name: web, repository: shop/web, context: web, dockerfile: web/Dockerfile }
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: \${{ matrix.context }}
          file: \${{ matrix.dockerfile }}
          tags: \${{ env.REGISTRY }}/\${{ matrix.repository }}:\${{ github.sha }}
  deploy:
    runs-on: ubuntu-24.04
    env: { TF_VAR_image_tag: x }
    steps:
      - run: |
          cd infra
          terraform apply
      - working-directory: k8s
        run: |
          kustomize edit set image \\
            "reg.example.com/shop/web=$REGISTRY/shop/web:$GITHUB_SHA"
          kubectl rollout status deployment/web
          kubectl port-forward service/web 8080:80 &
`),
  );
const gitlab = (change: (text: string) => string = (text) => text) =>
  file(
    '.gitlab-ci.yml',
    change(`.image:
  script:
    - docker build --tag "$CI_REGISTRY_IMAGE/$NAME:$CI_COMMIT_SHA" --file "$DOCKERFILE" "$CONTEXT"
web:
  extends: .image
  variables:
    NAME: shop/web
    CONTEXT: web
    DOCKERFILE: web/Dockerfile
try:
  script:
    - docker run --detach --publish 8080:8080 shop/web
`),
  );
const terraform = file('infra/main.tf', 'variable "image_tag" {\n  type = string\n}\n');
const all = [compose(), dockerfile, manifest(), terraform] as const;

describe('pipelines', () => {
  it('agree with what they build and deploy', async () => {
    expect(await contradictions(...all, github(), gitlab())).toEqual([]);
  });

  it.each([
    ['image', ['shop/web, c', 'shop/wbe, c'], 'omega/image-differs', 10],
    [
      'folder',
      ['context: web, dockerfile: web/', 'context: wbe, dockerfile: wbe/'],
      'omega/build-differs',
      10,
    ],
    ['context', ['context: web,', 'context: .,'], 'omega/build-differs', 10],
    ['variable of Terraform', ['TF_VAR_image_tag', 'TF_VAR_imagetag'], 'omega/names-nothing', 19],
    ['name for the image', ['"reg.example.com/shop/web=', '"shop/web='], 'omega/image-differs', 26],
    ['workload', ['deployment/web', 'deployment/webs'], 'omega/names-nothing', 28],
    ['port of a Service', ['8080:80', '8080:8081'], 'omega/port-differs', 29],
  ] as const)('of GitHub tell another %s', async (_what, [from, to], rule, line) => {
    const changed = github((text) => text.replace(from, to));
    expect(await contradictions(...all, changed)).toEqual([
      `.github/workflows/ci.yml:${line} ${rule}`,
    ]);
  });

  it.each([
    ['image', ['NAME: shop/web', 'NAME: store/web'], 'omega/image-differs', 4],
    ['folder', ['DOCKERFILE: web/', 'DOCKERFILE: wbe/'], 'omega/build-differs', 4],
    ['port', ['8080:8080', '8080:3000'], 'omega/port-differs', 12],
  ] as const)('of GitLab tell another %s', async (_what, [from, to], rule, line) => {
    const changed = gitlab((text) => text.replace(from, to));
    expect(await contradictions(...all, changed)).toEqual([`.gitlab-ci.yml:${line} ${rule}`]);
  });

  it('name both places', async () => {
    const changed = github((text) => text.replace('context: web,', 'context: .,'));
    const [message] = await messages(...all, changed);
    expect(message).toContain('web/Dockerfile in the context .');
    expect(message).toContain('compose.yaml (line 4)');
  });

  it('may have other Dockerfiles, workloads of others, and what only shows as they run', async () => {
    const meant = github((text) =>
      text
        .replace('dockerfile: web/Dockerfile', 'dockerfile: web/Dockerfile.production')
        .replace('deployment/web', 'deployment/redis')
        .replace('repository: shop/web', `repository: '\${{ github.repository }}'`),
    );
    expect(await contradictions(...all, meant)).toEqual([]);
  });

  const job = (...commands: readonly string[]) =>
    file('.gitlab-ci.yml', `job:\n  script:\n${commands.map((one) => `    - ${one}\n`).join('')}`);
  const overlay = file('deploy/overlays/production/kustomization.yaml', 'namespace: storefront\n');
  const secret = {
    ...manifest(),
    content: manifest().content.replace(
      '{ name: A, value: x }',
      '{ name: A, valueFrom: { secretKeyRef: { name: web-secrets, key: A } } }',
    ),
  };

  it.each([
    [
      'folder',
      'kubectl apply --kustomize deploy/overlays/prodution',
      'kubectl apply --kustomize deploy/overlays/staging',
    ],
    [
      'namespace',
      'helm upgrade --namespace storefornt web ./x',
      'kubectl --namespace monitoring get pods',
    ],
    [
      'Secret',
      'kubectl create secret generic web-secret',
      'kubectl create secret generic registry',
    ],
  ])('tell a slip in the name of a %s, and no other name', async (_what, slip, meant) => {
    const found = await contradictions(compose(), secret, overlay, job(slip));
    expect(found).toEqual(['.gitlab-ci.yml:3 omega/names-nothing']);
    expect(await contradictions(compose(), secret, overlay, job(meant))).toEqual([]);
  });

  it('ask for what they start with Compose on a port that it publishes', async () => {
    const up = 'docker compose up --detach --wait';
    expect(await contradictions(compose(), job(up, 'curl http://localhost:80/'))).toEqual([]);
    expect(await contradictions(compose(), job(up, 'curl http://localhost:8081/'))).toEqual([
      '.gitlab-ci.yml:4 omega/port-differs',
    ]);
    const other = job(up, 'npm run serve', 'curl http://localhost:8081/');
    expect(await contradictions(compose(), other)).toEqual([]);
  });

  it('may give the provider of Oracle its settings as variables', async () => {
    const oracle = file(
      'infra/versions.tf',
      'terraform {\n  required_providers {\n    oci = { source = "oracle/oci" }\n  }\n}\n',
    );
    const signed = github((text) =>
      text.replace('TF_VAR_image_tag: x', 'TF_VAR_image_tag: x, TF_VAR_user_ocid: x'),
    );
    expect(await contradictions(...all, signed, oracle)).toEqual([]);
    expect(await contradictions(...all, signed)).toHaveLength(1);
  });

  it('in circles and without a form end', async () => {
    const circle =
      '.a: { extends: .b, script: [x] }\n.b: { extends: .a }\nc: { extends: [.a, .b] }\n';
    expect(await contradictions(...all, file('.gitlab-ci.yml', circle))).toEqual([]);
    const odd =
      'on: push\njobs: { a: { steps: [1, { run: 3 }], strategy: { matrix: 5 } }, b: null }\n';
    expect(await contradictions(...all, file('.github/workflows/ci.yml', odd))).toEqual([]);
  });
});
