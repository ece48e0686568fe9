import type { Cloud } from '#shared/target.ts';
import type { Line } from '../ci/ci-lines.ts';
import { usesStep } from './setup-steps.ts';

/** How a job gets to a cloud and to its registry; nothing of it is a key that lives longer than the job where the cloud allows that. */
export type CloudAccess = {
  /** Whether the job asks GitHub for a token of its own (OIDC). */
  readonly oidc: boolean;
  /** Signs in to the cloud. */
  readonly login: readonly Line[];
  /** Signs Docker in to the registry of the variable REGISTRY. */
  readonly registry: readonly Line[];
  /** Lets kubectl reach the cluster of the variable CLUSTER. */
  readonly cluster: readonly Line[];
};

const run = (
  name: string,
  lines: readonly string[],
  env: readonly string[] = [],
): readonly Line[] => [
  `- name: ${name}`,
  [
    ...(env.length === 0 ? [] : ['env:', env]),
    ...(lines.length === 1 ? [`run: ${lines[0]}`] : ['run: |', lines]),
  ],
];

const signIn = 'Sign in to the registry';
const clusterOf = [`CLUSTER: \${{ vars.CLUSTER }}`];

/** A login with a key that is kept as a secret, for clouds that take no token of GitHub. */
function withKey(user: string, cloud: string): Pick<CloudAccess, 'oidc' | 'login' | 'registry'> {
  return {
    oidc: false,
    login: [],
    registry: [
      `# ${cloud} takes no token of GitHub here: use a key that may do nothing but push.`,
      ...run(
        signIn,
        [
          `printf '%s' "$REGISTRY_KEY" | docker login "\${REGISTRY%%/*}" --username ${user} --password-stdin`,
        ],
        [
          `REGISTRY_KEY: \${{ secrets.REGISTRY_KEY }}`,
          ...(user === '"$REGISTRY_USER"' ? [`REGISTRY_USER: \${{ vars.REGISTRY_USER }}`] : []),
        ],
      ),
    ],
  };
}

const kubeconfig = run(
  'Reach the cluster',
  [
    'install -m 600 /dev/null "$RUNNER_TEMP/kubeconfig"',
    'printf \'%s\' "$KUBECONFIG_TEXT" > "$RUNNER_TEMP/kubeconfig"',
    'echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"',
  ],
  [
    '# Of a service account that may change this namespace and nothing else.',
    `KUBECONFIG_TEXT: \${{ secrets.KUBECONFIG }}`,
  ],
);

/** See {@link CloudAccess}. The clouds' and actions' own documentation is the source. */
export const cloudAccess: Readonly<Record<Cloud, CloudAccess>> = {
  aws: {
    oidc: true,
    login: usesStep('aws-actions/configure-aws-credentials', {
      'role-to-assume': `\${{ vars.AWS_ROLE_ARN }}`,
      'aws-region': `\${{ vars.AWS_REGION }}`,
    }),
    registry: run(signIn, [
      'aws ecr get-login-password | docker login "$REGISTRY" --username AWS --password-stdin',
    ]),
    cluster: run('Reach the cluster', ['aws eks update-kubeconfig --name "$CLUSTER"'], clusterOf),
  },
  gcp: {
    oidc: true,
    login: usesStep('google-github-actions/auth', {
      workload_identity_provider: `\${{ vars.GCP_WORKLOAD_IDENTITY_PROVIDER }}`,
      service_account: `\${{ vars.GCP_SERVICE_ACCOUNT }}`,
    }),
    registry: run(signIn, [`gcloud auth configure-docker "\${REGISTRY%%/*}" --quiet`]),
    cluster: run(
      'Reach the cluster',
      [
        'sudo apt-get update && sudo apt-get install --yes google-cloud-cli-gke-gcloud-auth-plugin',
        'gcloud container clusters get-credentials "$CLUSTER" --location "$LOCATION"',
      ],
      [...clusterOf, `LOCATION: \${{ vars.GCP_LOCATION }}`],
    ),
  },
  azure: {
    oidc: true,
    login: usesStep('azure/login', {
      'client-id': `\${{ vars.AZURE_CLIENT_ID }}`,
      'tenant-id': `\${{ vars.AZURE_TENANT_ID }}`,
      'subscription-id': `\${{ vars.AZURE_SUBSCRIPTION_ID }}`,
    }),
    registry: run(signIn, [`az acr login --name "\${REGISTRY%%.*}"`]),
    cluster: run(
      'Reach the cluster',
      [
        'sudo az aks install-cli',
        'az aks get-credentials --resource-group "$RESOURCE_GROUP" --name "$CLUSTER"',
        'kubelogin convert-kubeconfig --login azurecli',
      ],
      [...clusterOf, `RESOURCE_GROUP: \${{ vars.AZURE_RESOURCE_GROUP }}`],
    ),
  },
  ibm: { ...withKey('iamapikey', 'IBM Cloud'), cluster: kubeconfig },
  oracle: { ...withKey('"$REGISTRY_USER"', 'Oracle Cloud'), cluster: kubeconfig },
};

/** GitHub's own registry, where no cloud is the target: the job's token is enough. */
export const packagesAccess: Pick<CloudAccess, 'registry'> = {
  registry: run(
    signIn,
    ['printf \'%s\' "$TOKEN" | docker login ghcr.io --username "$GITHUB_ACTOR" --password-stdin'],
    [`TOKEN: \${{ github.token }}`],
  ),
};
