import type { DeployedFolder } from './deployed-manifests.ts';

/**
 * The commands that apply the manifests of a folder with the images that were just pushed, and wait
 * until they run. They run in that folder; `tag` is a word of the shell. `before` are commands that go
 * before the manifests are applied.
 */
export function applyCommands(
  { namespace, images, rollouts }: DeployedFolder,
  tag: string,
  before: readonly string[] = [],
): readonly string[] {
  const into = namespace === null ? '' : ` --namespace ${namespace}`;
  const last = images.length - 1;
  return [
    ...(namespace === null
      ? []
      : [`# The namespace is made once: kubectl apply --filename policies/namespace.yaml`]),
    'test -f kustomization.yaml || kustomize create --autodetect',
    ...(images.length === 0 ? [] : ['kustomize edit set image \\']),
    ...images.map(
      ({ name, repository }, at) =>
        `  "${name}=$REGISTRY/${repository}:${tag}"${at < last ? ' \\' : ''}`,
    ),
    ...before,
    `kustomize build . | kubectl apply${into} --filename -`,
    ...rollouts.map((one) => `kubectl rollout status ${one}${into} --timeout=5m`),
  ];
}
