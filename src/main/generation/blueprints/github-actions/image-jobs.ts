import { entry, type Line } from '../ci/ci-lines.ts';
import type { Deploy } from '../ci/deploy-target.ts';
import type { ImageJob } from '../ci/images.ts';
import { cloudAccess, packagesAccess } from './cloud-login.ts';
import { checkout, stepBody, usesStep } from './setup-steps.ts';

/** The jobs that build and scan each image, and that push what was built from the default branch or a tag. */
export function imageJobLines(
  images: readonly ImageJob[],
  deploy: Deploy,
  needs: readonly string[],
): readonly Line[] {
  return [
    'image:',
    [
      `name: Image of \${{ matrix.name }}`,
      'runs-on: ubuntu-24.04',
      'timeout-minutes: 45',
      ...matrix(images),
      'steps:',
      [
        ...checkout,
        ...usesStep('docker/setup-buildx-action'),
        '- name: Build',
        [
          ...usesBuild([
            'load: true',
            `tags: \${{ matrix.repository }}:\${{ github.sha }}`,
            `cache-from: type=gha,scope=\${{ matrix.name }}`,
            `cache-to: type=gha,scope=\${{ matrix.name }},mode=max`,
          ]),
        ],
        '# What has no fix yet cannot be mended by whoever waits for this job.',
        '- name: Scan',
        stepBody('aquasecurity/trivy-action', {
          'image-ref': `\${{ matrix.repository }}:\${{ github.sha }}`,
          severity: 'HIGH,CRITICAL',
          'ignore-unfixed': true,
          'exit-code': '1',
        }),
      ],
    ],
    '',
    'publish:',
    [
      `name: Publish \${{ matrix.name }}`,
      '# Pull requests build and scan; what is pushed comes from the default branch or a tag.',
      "if: github.event_name == 'push'",
      `needs: [${[...needs, 'image'].join(', ')}]`,
      'runs-on: ubuntu-24.04',
      'timeout-minutes: 30',
      'permissions:',
      permissions(deploy),
      ...matrix(images),
      ...(deploy.type === 'none' ? [] : registryEnv),
      'steps:',
      [
        ...checkout,
        ...usesStep('docker/setup-buildx-action'),
        ...(deploy.type === 'none'
          ? packagesAccess.registry
          : [...cloudAccess[cloudOf(deploy)].login, ...cloudAccess[cloudOf(deploy)].registry]),
        ...nameStep(deploy),
        '- name: Push',
        usesBuild([
          'push: true',
          `tags: \${{ steps.name.outputs.tags }}`,
          '# Built from the cache of the job above: the same layers that were scanned.',
          `cache-from: type=gha,scope=\${{ matrix.name }}`,
          'sbom: true',
          'provenance: mode=max',
        ]),
      ],
    ],
  ];
}

/** Where images are pushed to, as a variable of the repository. */
export const registryEnv: readonly Line[] = [
  'env:',
  [
    '# Set under Settings › Secrets and variables › Actions › Variables, without a slash at its end.',
    `REGISTRY: \${{ vars.REGISTRY }}`,
  ],
];

/** The cloud of a deployment; there is one wherever one is deployed to. */
export function cloudOf(deploy: Exclude<Deploy, { type: 'none' }>) {
  return deploy.cloud ?? 'aws';
}

function permissions(deploy: Deploy): readonly Line[] {
  if (deploy.type === 'none') return ['contents: read', 'packages: write'];
  if (!cloudAccess[cloudOf(deploy)].oidc) return ['contents: read'];
  return [
    'contents: read',
    '# A token for the cloud, instead of a key that lives on.',
    'id-token: write',
  ];
}

function matrix(images: readonly ImageJob[]): readonly Line[] {
  const one = ({ label, repository, context, dockerfile }: ImageJob): readonly Line[] => [
    `- ${entry('name', label)}`,
    [entry('repository', repository), entry('context', context), entry('dockerfile', dockerfile)],
  ];
  return ['strategy:', ['fail-fast: false', 'matrix:', ['include:', images.flatMap(one)]]];
}

function usesBuild(inputs: readonly string[]): readonly Line[] {
  return [
    ...stepBody('docker/build-push-action', {}),
    'with:',
    [`context: \${{ matrix.context }}`, `file: \${{ matrix.dockerfile }}`, ...inputs],
  ];
}

function nameStep(deploy: Deploy): readonly Line[] {
  const registry = deploy.type === 'none' ? `ghcr.io/\${GITHUB_REPOSITORY_OWNER,,}` : '$REGISTRY';
  return [
    '- name: Name the image',
    [
      'id: name',
      'env:',
      [`REPOSITORY: \${{ matrix.repository }}`],
      'run: |',
      [
        `name="${registry}/$REPOSITORY"`,
        '{',
        ['echo "tags<<END"', 'echo "$name:$GITHUB_SHA"'],
        '  # The tag v1.2.3 is the version 1.2.3.',
        `  if [ "$GITHUB_REF_TYPE" = tag ]; then echo "$name:\${GITHUB_REF_NAME#v}"; fi`,
        ['echo END'],
        '} >> "$GITHUB_OUTPUT"',
      ],
    ],
  ];
}
