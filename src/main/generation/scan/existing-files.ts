import type { ExistingFile } from '#shared/scan.ts';
import type { ProjectTree } from './project-tree.ts';

const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  [
    'dockerfile',
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.(?!dockerignore$)[\w.-]+)?$|\.[Dd]ockerfile$/,
  ],
  ['dockerignore', /(?:^|\/)(?:[\w.-]*\.)?dockerignore$/],
  ['compose', /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/],
  ['helm', /(?:^|\/)Chart\.yaml$/],
  ['kustomize', /(?:^|\/)kustomization\.ya?ml$/],
  ['skaffold', /(?:^|\/)skaffold\.ya?ml$/],
  ['terraform', /\.tf$/],
  ['github-actions', /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/],
  ['gitlab-ci', /(?:^|\/)\.gitlab-ci\.ya?ml$/],
  ['circleci', /(?:^|\/)\.circleci\/config\.ya?ml$/],
  ['jenkins', /(?:^|\/)Jenkinsfile$/],
  ['procfile', /(?:^|\/)Procfile(?:\.\w+)?$/],
  ['env-example', /(?:^|\/)\.env\.(?:example|sample|template|dist)$/],
  ['devcontainer', /(?:^|\/)\.devcontainer\/.*devcontainer\.json$/],
  ['fly', /(?:^|\/)fly\.toml$/],
  ['vercel', /(?:^|\/)vercel\.json$/],
  ['netlify', /(?:^|\/)netlify\.toml$/],
  ['render', /(?:^|\/)render\.ya?ml$/],
  ['heroku', /(?:^|\/)(?:app\.json|heroku\.yml)$/],
  ['prometheus', /(?:^|\/)prometheus(?:[\w.-]*)\.ya?ml$/],
];

const kubernetesPath = /(?:^|\/)[^/]*(?:k8s|kube|manifest|deploy)[^/]*\/.*\.ya?ml$/;

/** Tells whether a file lies where Kubernetes manifests do; only its content says whether it is one. */
export function mayBeManifest(path: string): boolean {
  return kubernetesPath.test(path);
}

/** Infrastructure files that the project already has, links to some among them; Kubernetes manifests by their content. */
export async function findExisting(tree: ProjectTree): Promise<readonly ExistingFile[]> {
  const found: ExistingFile[] = [];
  const links = tree.ignored.filter(({ kind }) => kind === 'link').map(({ path }) => path);
  for (const path of [...tree.files, ...links].sort()) {
    const kind = kinds.find(([, pattern]) => pattern.test(path))?.[0];
    if (kind) found.push({ kind, path });
    else if (mayBeManifest(path)) {
      const text = await tree.read(path);
      if (text && /^apiVersion:/m.test(text) && /^kind:/m.test(text)) {
        found.push({ kind: 'kubernetes', path });
      }
    }
  }
  return found;
}
