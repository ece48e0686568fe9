import type { Cloud } from '#shared/target.ts';
import type { Line } from '../ci/ci-lines.ts';

/** How a job of GitLab gets to a cloud: by a token of its own, where the cloud takes one. */
export type CloudJob = {
  /** An image with the tools that sign in to the registry, or that they can be added to. */
  readonly image: string;
  readonly tools: string;
  readonly idTokens: readonly Line[];
  readonly login: readonly string[];
  /** Prints the password of the registry; `user` is its name there. */
  readonly password: string;
  readonly user: string;
  /** What Terraform's provider reads. */
  readonly variables: readonly Line[];
};

const token = (audience: string): readonly Line[] => [
  '# A token of this job for the cloud, instead of a key that lives on.',
  'id_tokens:',
  ['CLOUD_TOKEN:', [`aud: ${audience}`]],
];
const key = {
  image: 'alpine:3.23',
  tools: 'apk add --no-cache skopeo',
  idTokens: [],
  login: [],
  password: `printf '%s' "$REGISTRY_KEY"`,
} as const;

/** See {@link CloudJob}. The clouds' own documentation is the source. */
export const cloudJobs: Readonly<Record<Cloud, CloudJob>> = {
  aws: {
    image: 'alpine:3.23',
    tools: 'apk add --no-cache aws-cli skopeo',
    idTokens: token('https://gitlab.com'),
    login: [`printf '%s' "$CLOUD_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"`],
    password: 'aws ecr get-login-password',
    user: 'AWS',
    variables: ['AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/cloud-token'],
  },
  gcp: {
    image: 'gcr.io/google.com/cloudsdktool/google-cloud-cli:550.0.0-slim',
    tools: 'apt-get update && apt-get install --yes --no-install-recommends skopeo',
    idTokens: token('$GCP_WORKLOAD_IDENTITY_AUDIENCE'),
    login: [
      `printf '%s' "$CLOUD_TOKEN" > /tmp/cloud-token`,
      `printf '{"type":"external_account","audience":"//iam.googleapis.com/%s","subject_token_type":"urn:ietf:params:oauth:token-type:jwt","token_url":"https://sts.googleapis.com/v1/token","credential_source":{"file":"/tmp/cloud-token"},"service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/%s:generateAccessToken"}' "$GCP_WORKLOAD_IDENTITY_PROVIDER" "$GCP_SERVICE_ACCOUNT" > "$GOOGLE_APPLICATION_CREDENTIALS"`,
    ],
    password:
      'gcloud auth login --quiet --cred-file="$GOOGLE_APPLICATION_CREDENTIALS" && gcloud auth print-access-token',
    user: 'oauth2accesstoken',
    variables: ['GOOGLE_APPLICATION_CREDENTIALS: /tmp/cloud-credentials.json'],
  },
  azure: {
    image: 'mcr.microsoft.com/azure-cli:2.79.0',
    tools: 'tdnf install --assumeyes skopeo',
    idTokens: token('api://AzureADTokenExchange'),
    login: ['export ARM_OIDC_TOKEN="$CLOUD_TOKEN"'],
    password: `az login --output none --service-principal --username "$ARM_CLIENT_ID" --tenant "$ARM_TENANT_ID" --federated-token "$CLOUD_TOKEN" && az acr login --name "\${REGISTRY%%.*}" --expose-token --output tsv --query accessToken`,
    user: '00000000-0000-0000-0000-000000000000',
    variables: ['ARM_USE_OIDC: "true"'],
  },
  ibm: { ...key, user: 'iamapikey', variables: [] },
  oracle: { ...key, user: '$REGISTRY_USER', variables: [] },
};
