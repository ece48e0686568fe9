import { posix } from 'node:path';
import { type Resource, readResource } from '../validation/kubernetes/resource.ts';
import { list, mapping } from '../validation/plain.ts';
import { Report } from '../validation/report.ts';
import type { YamlPath } from '../validation/yaml/line-of-path.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import type { ComparedFile, Place } from './claim.ts';

/** A Kubernetes object and where it stands. */
export type PlacedResource = {
  readonly resource: Resource;
  readonly path: string;
  readonly lineOf: (path: YamlPath) => number;
  /** The chart that it is rendered from. */
  readonly chart?: RenderedChart;
};

/** What is known of a chart whose objects are compared. */
export type RenderedChart = {
  /** Folder of the chart, with a slash at its end; empty for the project's root. */
  readonly folder: string;
  /** Where its values give a service this value; null where no one place does. */
  readonly placeOf: (service: string, value: string) => Place | null;
  /** Whether the values have room for more variables than they give. */
  readonly isOpen: boolean;
};

/** The objects of a file; none of one that cannot be read, which its validator tells. */
export function resourcesOf({
  path,
  content,
}: Pick<ComparedFile, 'path' | 'content'>): readonly PlacedResource[] {
  return parseYaml(content, 'kubernetes', 'kubernetes').documents.flatMap(({ value, lineOf }) => {
    const object = mapping(value);
    const items = object.kind === 'List' ? list(object.items) : null;
    const from = (held: unknown, base: YamlPath): PlacedResource => ({
      resource: readResource(mapping(held), base, lineOf, new Report()),
      path,
      lineOf: (at) => lineOf([...base, ...at]),
    });
    return items ? items.map((one, index) => from(one, ['items', index])) : [from(object, [])];
  });
}

/** Files that kustomizations lay over others: parts of objects, which say nothing by themselves. */
export function patchFiles(kustomizations: readonly ComparedFile[]): ReadonlySet<string> {
  return new Set(
    kustomizations.flatMap(({ path, content }) => {
      const [document] = parseYaml(content, 'kustomize', 'kubernetes').documents;
      const { patches, patchesStrategicMerge, patchesJson6902 } = mapping(document?.value);
      return [...list(patches), ...list(patchesStrategicMerge), ...list(patchesJson6902)]
        .map((one) => (typeof one === 'string' ? one : mapping(one).path))
        .filter((one) => typeof one === 'string')
        .map((one) => posix.join(posix.dirname(path), one));
    }),
  );
}
