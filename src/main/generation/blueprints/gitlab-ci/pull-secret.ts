import type { DeployedFolder } from '../ci/deployed-manifests.ts';

const name = 'gitlab-registry';
const apis: Readonly<Record<string, string>> = { Job: 'batch/v1' };

/**
 * The commands that let a cluster pull from the project's own registry, which is private: a secret of
 * a deploy token, and a patch that has every pod of the folder name it.
 */
export function pullSecretCommands({ namespace, kinds }: DeployedFolder): readonly string[] {
  const into = namespace === null ? '' : ` --namespace ${namespace}`;
  const spec = { imagePullSecrets: [{ name }] };
  const patch = (kind: string): string =>
    JSON.stringify({
      apiVersion: apis[kind] ?? 'apps/v1',
      kind,
      metadata: { name: 'any' },
      spec: { template: { spec } },
    });
  return [
    '# The cluster pulls from this registry by a deploy token of the project: make one that is called',
    '# gitlab-deploy-token and may read_registry (Settings › Repository › Deploy tokens).',
    `kubectl create secret docker-registry ${name}${into} --docker-server="$CI_REGISTRY" \\`,
    `  --docker-username="\${CI_DEPLOY_USER:?make the deploy token gitlab-deploy-token}" \\`,
    '  --docker-password="$CI_DEPLOY_PASSWORD" --dry-run=client --output yaml |',
    `  kubectl apply${into} --filename -`,
    ...kinds.map((kind) => `kustomize edit add patch --kind ${kind} --patch '${patch(kind)}'`),
  ];
}
