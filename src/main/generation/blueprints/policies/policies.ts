import { Document } from 'yaml';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { knownImage } from '../../improve/known-images.ts';
import { keptOr, pathsOfKind } from '../authors-texts.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { freePath } from '../free-path.ts';
import { authorsFiles } from '../kubernetes/authors-files.ts';
import { deployedByAuthor } from '../kubernetes/deployed.ts';
import { flavourFacts } from '../kubernetes/flavours.ts';
import { manifestPath } from '../kubernetes/manifest-path.ts';
import { containerNames } from '../kubernetes/owners.ts';
import { leftNotes } from '../left-notes.ts';
import { namesOf, projectLabel } from '../names.ts';
import { authorsNamespaces, authorsPolicies } from './authors-policies.ts';
import { type PodRule, podRules } from './kyverno.ts';

/** Places of the files, those of an author among them. */
export function policiesReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  if (target.existing === 'replace') return [];
  const own = [namespacePath(project), kyvernoPath(project)];
  const policies = pathsOfKind(project, 'kyverno', own, target);
  return [...policies, ...authorsManifests(project)];
}

/**
 * `policies/namespace.yaml`: the project's namespace with its Pod Security level, and the network
 * policy that denies what no other allows. `policies/kyverno.yaml`: rules that report at first.
 * @throws OmegaError `INVALID_INPUT` where nothing of the project runs in a cluster.
 */
export function policiesFiles(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  if (!project.services.some(isDeployable)) {
    const message =
      'The scan found no deployable service, so there is nothing for policies to hold. Open the folder that holds the services.';
    throw new OmegaError('INVALID_INPUT', message);
  }
  const [space, rules] = [namespacePath(project), kyvernoPath(project)];
  const names =
    surroundings.target.existing === 'improve'
      ? authorsNamespaces(surroundings, authorsManifests(project))
      : [];
  // With several, nobody knows which one the services of ours belong to.
  const theirs = names.length === 1 ? names[0] : undefined;
  const namespace = theirs ?? projectLabel(project);
  const from = imagePatterns(project, surroundings);
  const { files, missing } = authorsPolicies(project, surroundings, [space, rules], podRules(from));
  const file = (path: string, content: string): WrittenFile => ({
    kind: 'policies',
    path,
    // Files of ours that an author changed are theirs; what of them is wrong the validator says.
    content: keptOr(surroundings, path, content),
  });
  const note =
    theirs === undefined
      ? {}
      : { notes: leftNotes([{ line: 1, text: namespaceNote(theirs) }]), mended: [] };
  return [
    ...(theirs === undefined ? [file(space, namespaceFile(project, surroundings))] : []),
    ...(missing.length === 0 ? [] : [{ ...file(rules, kyvernoFile(namespace, missing)), ...note }]),
    ...files,
  ];
}

/**
 * Patterns of where images come from: the flavour's registry, and what stands before the names of those
 * that the author's manifests run; systems that these run are named. None where a service of theirs
 * comes from anywhere.
 */
function imagePatterns(project: ScanResult, surroundings: Surroundings): readonly string[] {
  const { registry } = flavourFacts[surroundings.target.flavour]('');
  const theirs = [...deployedByAuthor(project, surroundings).values()].map(({ image }) => image);
  // A local cluster pulls nothing of the project: its images are known by their names.
  const ours = project.services
    .filter(isDeployable)
    .map((service) => (registry === '' ? namesOf(project, service).image : registry));
  const folders = [...ours, ...theirs].map((name) => name.slice(0, name.lastIndexOf('/') + 1));
  if (folders.includes('')) return [];
  const others = theirs.length === 0 ? [] : systemImages(project, surroundings, new Set(theirs));
  return [...new Set([...folders.map((one) => `${one}*`), ...others])].sort();
}

/** Images that the author's manifests run beside the services: of any version. */
function systemImages(
  project: ScanResult,
  surroundings: Surroundings,
  services: ReadonlySet<string>,
): readonly string[] {
  const images = authorsFiles(project, surroundings)
    .flatMap(({ workloads }) => workloads.flatMap(containerNames))
    .map(({ image }) => image)
    .filter((image) => knownImage(image) !== null && !services.has(image));
  return images.map((image) => `${image.replace(/(?::[^/:]*)?(?:@.*)?$/, '')}:*`);
}

function namespaceNote(name: string): string {
  return `The namespace ${name} is yours, so none of ours is written: the kind kubernetes adds labels to it that warn. Nor is a policy that denies all traffic, which would cut what runs there today; allow what each service needs first.`;
}

function namespacePath(project: ScanResult): string {
  return freePath(project, 'policies/namespace.yaml', 'policies-omega/namespace.yaml');
}

function kyvernoPath(project: ScanResult): string {
  return freePath(project, 'policies/kyverno.yaml', 'policies-omega/kyverno.yaml');
}

/** Manifests beside those that we write. */
function authorsManifests(project: ScanResult): readonly string[] {
  const own = new Set(project.services.map((one) => manifestPath(project, one)));
  return project.existing
    .filter(({ kind, path }) => kind === 'kubernetes' && !own.has(path))
    .filter(({ path }) => !/^policies(?:-omega)?\//.test(path))
    .map(({ path }) => path);
}

/** Manifests of an author run what they run today: the strictest level might refuse it. */
function levels(
  project: ScanResult,
  surroundings: Surroundings,
): { readonly enforce: string; readonly comment: string } {
  return authorsManifests(project).some((path) => isImproved(surroundings, path))
    ? {
        enforce: 'baseline',
        comment:
          ' Pods that are below baseline are refused; those below restricted are warned of, since manifests\n of yours may not meet it yet. Set enforce to restricted once no warning is left.',
      }
    : {
        enforce: 'restricted',
        comment: ' The manifests in k8s/ meet the restricted level; pods that do not are refused.',
      };
}

function namespaceFile(project: ScanResult, surroundings: Surroundings): string {
  const name = projectLabel(project);
  const { enforce, comment } = levels(project, surroundings);
  const level = 'pod-security.kubernetes.io';
  const namespace = new Document(
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          [`${level}/enforce`]: enforce,
          [`${level}/enforce-version`]: 'latest',
          [`${level}/audit`]: 'restricted',
          [`${level}/warn`]: 'restricted',
        },
      },
    },
    { compat: 'yaml-1.1' },
  );
  const deny = new Document(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: name },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    { compat: 'yaml-1.1' },
  );
  const how = ` Apply this first, then the manifests with: kubectl apply -n ${name} -f k8s/`;
  if (namespace.contents) namespace.contents.commentBefore = `${how}\n${comment}`;
  if (deny.contents) {
    deny.contents.commentBefore =
      ' Nothing comes in or goes out but what another policy allows: each service brings one that does.\n Databases that run in this namespace need one of their own.';
  }
  return [namespace, deny].map((one) => one.toString({ lineWidth: 0 })).join('---\n');
}

function kyvernoFile(namespace: string, rules: readonly PodRule[]): string {
  const documents = rules.map(({ name, title, why, validate }, at) => {
    const document = new Document(
      {
        apiVersion: 'kyverno.io/v1',
        kind: 'Policy',
        metadata: {
          name,
          namespace,
          annotations: {
            'policies.kyverno.io/title': title,
            'policies.kyverno.io/description': why,
            'policies.kyverno.io/subject': 'Pod',
          },
        },
        spec: {
          background: true,
          rules: [
            {
              name,
              match: { any: [{ resources: { kinds: ['Pod'] } }] },
              validate: { failureAction: 'Audit', ...validate },
            },
          ],
        },
      },
      { compat: 'yaml-1.1', aliasDuplicateObjects: false },
    );
    if (at === 0 && document.contents) {
      document.contents.commentBefore = ` These rules report and refuse nothing: kubectl get policyreport -n ${namespace}\n Once a report is clean, set the failureAction of its rule to Enforce.`;
    }
    return document.toString({ lineWidth: 0 });
  });
  return documents.join('---\n');
}
