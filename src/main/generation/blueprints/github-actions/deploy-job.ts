import type { ScanResult } from '#shared/scan.ts';
import type { Surroundings } from '../blueprint.ts';
import { applyCommands } from '../ci/apply-manifests.ts';
import type { Line } from '../ci/ci-lines.ts';
import type { Deploy } from '../ci/deploy-target.ts';
import { deployedFolders } from '../ci/deployed-manifests.ts';
import type { ImageJob } from '../ci/images.ts';
import { cloudAccess } from './cloud-login.ts';
import { cloudOf, registryEnv } from './image-jobs.ts';
import { checkout, usesStep } from './setup-steps.ts';

/** The job that brings what was published to where it runs; none for clusters on a developer's machine. */
export function deployJobLines(
  project: ScanResult,
  images: readonly ImageJob[],
  deploy: Deploy,
  surroundings: Surroundings,
): readonly Line[] {
  if (deploy.type === 'none') return [];
  const { oidc, login, cluster } = cloudAccess[cloudOf(deploy)];
  const head: readonly Line[] = [
    'name: Deploy',
    "if: github.event_name == 'push' && github.ref == format('refs/heads/{0}', github.event.repository.default_branch)",
    'needs: [publish]',
    'runs-on: ubuntu-24.04',
    'timeout-minutes: 30',
    '# Give this environment required reviewers, and nothing runs in production without their word.',
    'environment: production',
    '# One at a time, and none is broken off in the middle.',
    'concurrency:',
    ['group: production', 'cancel-in-progress: false'],
    'permissions:',
    ['contents: read', ...(oidc ? ['id-token: write'] : [])],
  ];
  if (deploy.type === 'terraform') {
    return [
      'deploy:',
      [
        ...head,
        'env:',
        [
          ...providerKeys(deploy.cloud),
          'TF_IN_AUTOMATION: true',
          '# The tag that the job above pushed.',
          `TF_VAR_image_tag: \${{ github.sha }}`,
        ],
        'defaults:',
        ['run:', [`working-directory: ${deploy.folder}`]],
        'steps:',
        [
          ...checkout,
          ...login,
          ...usesStep('hashicorp/setup-terraform', { terraform_wrapper: false }),
          '- run: terraform init -input=false',
          '- run: terraform plan -input=false -out=change.tfplan',
          '- run: terraform apply -input=false change.tfplan',
        ],
      ],
    ];
  }
  return [
    'deploy:',
    [
      ...head,
      ...registryEnv,
      'steps:',
      [
        ...checkout,
        ...login,
        ...cluster,
        ...deployedFolders(project, images, deploy, surroundings).flatMap((one) => [
          `- name: Apply ${one.folder} with the images of this commit`,
          [`working-directory: ${one.folder}`, 'run: |', applyCommands(one, '$GITHUB_SHA')],
        ]),
      ],
    ],
  ];
}

/** What Terraform's provider of a cloud without OIDC from GitHub reads. */
function providerKeys(cloud: string): readonly Line[] {
  if (cloud === 'ibm') return [`IC_API_KEY: \${{ secrets.IC_API_KEY }}`];
  if (cloud === 'azure') {
    return [
      'ARM_USE_OIDC: true',
      `ARM_CLIENT_ID: \${{ vars.AZURE_CLIENT_ID }}`,
      `ARM_TENANT_ID: \${{ vars.AZURE_TENANT_ID }}`,
      `ARM_SUBSCRIPTION_ID: \${{ vars.AZURE_SUBSCRIPTION_ID }}`,
    ];
  }
  if (cloud !== 'oracle') return [];
  return [
    `TF_VAR_tenancy_ocid: \${{ vars.OCI_TENANCY_OCID }}`,
    `TF_VAR_user_ocid: \${{ vars.OCI_USER_OCID }}`,
    `TF_VAR_fingerprint: \${{ vars.OCI_FINGERPRINT }}`,
    `TF_VAR_region: \${{ vars.OCI_REGION }}`,
    `TF_VAR_private_key: \${{ secrets.OCI_PRIVATE_KEY }}`,
  ];
}
