import type { ScanResult } from '#shared/scan.ts';
import { readYamlFile } from '../../improve/yaml/yaml-file.ts';
import {
  type PodTemplate,
  podTemplateOf,
  type Resource,
  readResource,
} from '../../validation/kubernetes/resource.ts';
import { list, mapping } from '../../validation/plain.ts';
import { Report } from '../../validation/report.ts';
import type { TextFile } from '../../validation/validator.ts';
import { isImproved, type Surroundings } from '../blueprint.ts';

/** An object of an author's file that runs pods. */
export type AuthorsWorkload = {
  /** `Deployment` and the like. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly pod: PodTemplate;
};

/** A Service of an author's file. */
export type AuthorsService = {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly selector: Readonly<Record<string, unknown>>;
  readonly ports: readonly {
    readonly name: string | null;
    readonly port: number;
    /** The port of the pods, by its number or its name there. */
    readonly targetPort: number | string;
  }[];
};

/** A manifest that the author wrote, and what runs in it. */
export type AuthorsFile = {
  readonly path: string;
  readonly content: string;
  readonly workloads: readonly AuthorsWorkload[];
  readonly services: readonly AuthorsService[];
  /** Labels by which network policies of the file choose pods. */
  readonly policies: readonly Readonly<Record<string, unknown>>[];
};

type Known = {
  /** By path: what one job parsed, hundreds of others ask for. */
  readonly byPath: Map<string, AuthorsFile>;
  /** By the texts that a job was given, which it may share with others. */
  readonly byTexts: WeakMap<Surroundings['texts'], readonly AuthorsFile[]>;
};

const read = new WeakMap<ScanResult, Known>();

function knownOf(project: ScanResult): Known {
  const known = read.get(project) ?? { byPath: new Map(), byTexts: new WeakMap() };
  read.set(project, known);
  return known;
}

/** The author's manifests among the texts, by path. Each text is parsed once for a scan. */
export function authorsFiles(
  project: ScanResult,
  surroundings: Surroundings,
): readonly AuthorsFile[] {
  const { byPath, byTexts } = knownOf(project);
  const before = byTexts.get(surroundings.texts);
  if (before) return before;
  const files = manifestsAmong(surroundings).map(({ path, content }) => {
    const known = byPath.get(path);
    const file = known?.content === content ? known : readManifest(path, content);
    byPath.set(path, file);
    return file;
  });
  byTexts.set(surroundings.texts, files);
  return files;
}

/** Manifests of the texts that {@link authorsFiles} has not parsed yet. */
export function unreadManifests(
  project: ScanResult,
  surroundings: Surroundings,
): readonly TextFile[] {
  const { byPath, byTexts } = knownOf(project);
  if (byTexts.has(surroundings.texts)) return [];
  return manifestsAmong(surroundings).filter(
    ({ path, content }) => byPath.get(path)?.content !== content,
  );
}

/** Has {@link authorsFiles} know files that were parsed elsewhere. */
export function addManifests(project: ScanResult, files: readonly AuthorsFile[]): void {
  for (const file of files) knownOf(project).byPath.set(file.path, file);
}

function manifestsAmong(surroundings: Surroundings): readonly TextFile[] {
  return [...surroundings.texts]
    .filter(([path]) => /\.ya?ml$/.test(path) && isImproved(surroundings, path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { content }]) => ({ path, content }));
}

/** Parses manifests; holds the thread for about a millisecond a kilobyte. */
export function readManifests(files: readonly TextFile[]): readonly AuthorsFile[] {
  return files.map(({ path, content }) => readManifest(path, content));
}

function readManifest(path: string, content: string): AuthorsFile {
  const objects = (readYamlFile(content)?.documents ?? []).map(({ value }) =>
    readResource(mapping(value), [], () => 1, new Report()),
  );
  return {
    path,
    content,
    workloads: objects.flatMap((one) => {
      const pod = podTemplateOf(one);
      if (!pod || one.name === '') return [];
      return [{ kind: one.kind, name: one.name, namespace: one.namespace, pod }];
    }),
    services: objects.filter(({ kind }) => kind === 'Service').map(serviceIn),
    policies: objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ value }) => mapping(mapping(mapping(value.spec).podSelector).matchLabels)),
  };
}

function serviceIn({ name, namespace, value }: Resource): AuthorsService {
  const spec = mapping(value.spec);
  return {
    name,
    namespace,
    labels: mapping(mapping(value.metadata).labels),
    selector: mapping(spec.selector),
    ports: list(spec.ports).flatMap((one) => {
      const { name: called, port, targetPort } = mapping(one);
      if (typeof port !== 'number') return [];
      const isPort = typeof targetPort === 'number' || typeof targetPort === 'string';
      return [
        {
          name: typeof called === 'string' ? called : null,
          port,
          targetPort: isPort ? targetPort : port,
        },
      ];
    }),
  };
}
