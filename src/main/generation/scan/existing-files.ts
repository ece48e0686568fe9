import type { ExistingFile } from '#shared/scan.ts';
import { maxObserving, mayObserve, observingKind } from './observing-files.ts';
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
  ['terraform', /\.(?:tf|tfvars)(?:\.json)?$/],
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

/** What else a chart holds that is judged: values, their schema, templates; the chart's folder comes first. */
const chartFile =
  /^((?:.*?\/)?)(?:values(?:[.-][\w.-]+)?\.ya?ml|values\.schema\.json|templates\/.+\.(?:ya?ml|tpl)|templates\/NOTES\.txt|\.helmignore)$/;

const kubernetesPath = /(?:^|\/)[^/]*(?:k8s|kube|manifest|deploy)[^/]*\/.*\.ya?ml$/;

/** Tells whether a file lies where Kubernetes manifests do; only its content says whether it is one. */
export function mayBeManifest(path: string): boolean {
  return kubernetesPath.test(path);
}

/** Infrastructure files that the project already has, links to some among them; manifests, and what watches services, by their content. */
export async function findExisting(tree: ProjectTree): Promise<readonly ExistingFile[]> {
  const found: ExistingFile[] = [];
  const links = tree.ignored.filter(({ kind }) => kind === 'link').map(({ path }) => path);
  const paths = [...tree.files, ...links].sort();
  const charts = new Set(
    paths
      .filter((path) => /(?:^|\/)Chart\.yaml$/.test(path))
      .map((path) => path.slice(0, -'Chart.yaml'.length)),
  );
  const isOfChart = (path: string): boolean =>
    charts.size > 0 && charts.has(chartFile.exec(path)?.[1] ?? '\0');
  let observing = 0;
  for (const path of paths) {
    const known = kinds.find(([, pattern]) => pattern.test(path))?.[0];
    const kind = known ?? (isOfChart(path) ? 'chart-file' : undefined);
    if (kind && kind !== 'prometheus') {
      found.push({ kind, path });
      continue;
    }
    const isLooked = kind === 'prometheus' || mayBeManifest(path);
    if (!isLooked && (!mayObserve(path) || observing >= maxObserving)) continue;
    if (!isLooked) observing += 1;
    const text = isLooked ? await tree.read(path) : await tree.peek(path);
    const told = text === null ? null : observingKind(path, text);
    const isManifest = text && /^apiVersion:/m.test(text) && /^kind:/m.test(text);
    // The operator's objects in such a folder are applied with the rest of it.
    const manifest = mayBeManifest(path) && isManifest && told !== 'kyverno';
    const is = manifest ? 'kubernetes' : (told ?? kind);
    if (is) found.push({ kind: is, path });
  }
  return found;
}
