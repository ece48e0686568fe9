import type { ScanResult } from '#shared/scan.ts';
import type { Surroundings } from '../blueprint.ts';
import { applyCommands } from '../ci/apply-manifests.ts';
import type { Line } from '../ci/ci-lines.ts';
import type { Deploy } from '../ci/deploy-target.ts';
import { deployedFolders } from '../ci/deployed-manifests.ts';
import type { ImageJob } from '../ci/images.ts';
import { cloudJobs } from './cloud-jobs.ts';
import { pullSecretCommands } from './pull-secret.ts';

const onlyDefault: readonly Line[] = ['rules:', ['- if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH']];
const production: readonly Line[] = [
  'stage: deploy',
  'interruptible: false',
  '# Protect this environment and give it approvers, and nothing runs in production without their word.',
  'environment: production',
  'resource_group: production',
  'timeout: 30 minutes',
];

/** The jobs that bring what was scanned to where it runs; none for clusters on a developer's machine. */
export function deployJobLines(
  project: ScanResult,
  images: readonly ImageJob[],
  deploy: Deploy,
  surroundings: Surroundings,
): readonly (readonly Line[])[] {
  const scans = `needs: [${images.map(({ label }) => `scan-${label}`).join(', ')}]`;
  if (deploy.type === 'none') return [];
  if (deploy.type === 'kubernetes') {
    return [
      [
        'deploy:',
        [
          ...production,
          scans,
          'image: alpine/k8s:1.34.1',
          'variables:',
          ['REGISTRY: $CI_REGISTRY_IMAGE'],
          'script:',
          [
            '# The context of the GitLab agent in the cluster, <project of the agent>:<its name>; set KUBE_CONTEXT in the project.',
            '- kubectl config use-context "$KUBE_CONTEXT"',
            ...deployedFolders(project, images, deploy, surroundings).flatMap((one) => [
              `- cd "$CI_PROJECT_DIR/${one.folder}"`,
              '- |',
              applyCommands(one, '$CI_COMMIT_SHA', pullSecretCommands(one)),
            ]),
          ],
          ...onlyDefault,
        ],
      ],
    ];
  }
  const cloud = cloudJobs[deploy.cloud];
  return [
    [
      'publish:',
      [
        'stage: publish',
        scans,
        `image: ${cloud.image}`,
        'timeout: 30 minutes',
        ...cloud.idTokens,
        ...(cloud.variables.length > 0 ? ['variables:', cloud.variables] : []),
        'script:',
        [
          '# Set REGISTRY in the project, without a slash at its end.',
          `- ${cloud.tools}`,
          ...cloud.login.map(quoted),
          quoted(
            `(${cloud.password}) | skopeo login "\${REGISTRY%%/*}" --username "${cloud.user}" --password-stdin`,
          ),
          `- printf '%s' "$CI_REGISTRY_PASSWORD" | skopeo login "$CI_REGISTRY" --username "$CI_REGISTRY_USER" --password-stdin`,
          ...images.map(
            ({ repository }) =>
              `- skopeo copy --all "docker://$CI_REGISTRY_IMAGE/${repository}:$CI_COMMIT_SHA" "docker://$REGISTRY/${repository}:$CI_COMMIT_SHA"`,
          ),
        ],
        ...onlyDefault,
      ],
    ],
    [
      'deploy:',
      [
        ...production,
        'needs: [publish]',
        'image:',
        ['name: hashicorp/terraform:1.14.0', "entrypoint: ['']"],
        ...cloud.idTokens,
        'variables:',
        [
          ...cloud.variables,
          'TF_IN_AUTOMATION: "true"',
          '# The tag that the job above pushed.',
          'TF_VAR_image_tag: $CI_COMMIT_SHA',
        ],
        'script:',
        [
          ...cloud.login.map(quoted),
          `- cd ${deploy.folder}`,
          '- terraform init -input=false',
          '- terraform plan -input=false -out=change.tfplan',
          '- terraform apply -input=false change.tfplan',
        ],
        ...onlyDefault,
      ],
    ],
  ];
}

function quoted(command: string): string {
  return /: |"[:{]|^[[({]/.test(command) ? `- '${command.replaceAll("'", "''")}'` : `- ${command}`;
}
