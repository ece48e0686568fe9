import { isMap, isScalar } from 'yaml';
import type { Chart } from '../../validation/helm/chart.ts';
import { coalesce } from '../../validation/helm/chart-objects.ts';
import { podTemplateOf, readResource } from '../../validation/kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { Report } from '../../validation/report.ts';
import type { YamlChange } from '../yaml/changes.ts';
import type { YamlValue } from '../yaml/render.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';
import type { Rendered } from './rendered.ts';

/** A setting of values.yaml that hardening may add to, and where its key begins in the text. */
export type Setting = {
  readonly path: readonly string[];
  readonly key: number;
  /** What it holds: often nothing. */
  readonly value: Mapping;
};

const names = /^(?:(?:pod|container)?[sS]ecurityContext|resources)$/;
const mark = 'omegaProbe';
/** Settings that are tried; more are no chart that people write. */
const maxSettings = 100;

/** Settings of a values.yaml by whose names hardening may have something for them. */
export function settingsOf(file: YamlFile): readonly Setting[] {
  const found: Setting[] = [];
  const visit = (node: unknown, path: readonly string[]): void => {
    if (!isMap(node) || path.length > 8 || found.length >= maxSettings) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !key.range || !isMap(value)) continue;
      const own = [...path, String(key.value)];
      const held = mapping(at(file.documents[0]?.value, own));
      if (!names.test(String(key.value))) visit(value, own);
      else if (!value.anchor) found.push({ path: own, key: key.range[0], value: held });
    }
  };
  visit(file.documents[0]?.node.contents, []);
  return found;
}

/** Values that mark each setting, so that a rendering shows where it goes. */
export function probes(settings: readonly Setting[]): Mapping {
  return settings.reduce<Mapping>((all, { path }, at) => {
    const own = path.reduceRight<unknown>((held, key) => ({ [key]: held }), {
      [mark]: `p${at}`,
    });
    return coalesce(all, mapping(own));
  }, {});
}

/** Where a rendering has the settings that {@link probes} marks: template, document and path, by setting. */
export function placesOf(
  probed: readonly Rendered[],
): ReadonlyMap<
  number,
  readonly (readonly [template: string, path: readonly (string | number)[]])[]
> {
  const places = new Map<number, (readonly [string, readonly (string | number)[]])[]>();
  for (const { path: template, file } of probed) {
    const visit = (value: unknown, path: readonly (string | number)[]): void => {
      if (typeof value !== 'object' || value === null || path.length > 30) return;
      const probe = (value as Mapping)[mark];
      if (typeof probe === 'string') {
        const at = Number(probe.slice(1));
        places.set(at, [...(places.get(at) ?? []), [template, path]]);
      }
      for (const [key, held] of Object.entries(value))
        visit(held, [...path, Array.isArray(value) ? Number(key) : key]);
    };
    for (const [at, { value }] of file.documents.entries()) visit(value, [at]);
  }
  return places;
}

/** Whether a place is one that a container or a pod has for such a setting. */
export function isOfPod(value: unknown, path: readonly (string | number)[]): boolean {
  const resource = readResource(mapping(value), [], () => 1, new Report());
  const spec = podTemplateOf(resource)?.path;
  if (!spec) return false;
  const pattern = new RegExp(
    `^${[...spec, 'spec'].join('/')}/(?:securityContext|(?:initC|c)ontainers/\\d+/(?:securityContext|resources))$`,
  );
  return pattern.test(path.join('/'));
}

/** Changes by which a setting at a path holds what is wanted beside what is there. */
export function additions(
  path: readonly string[],
  there: Mapping,
  wanted: Mapping,
): readonly YamlChange[] {
  if (Object.keys(there).length === 0)
    return [{ type: 'set', document: 0, path, value: wanted as YamlValue }];
  return Object.entries(wanted).flatMap(([key, value]): readonly YamlChange[] => {
    const held = there[key];
    if (held === undefined)
      return [{ type: 'set', document: 0, path: [...path, key], value: value as YamlValue }];
    return isObject(held) && isObject(value)
      ? additions([...path, key], mapping(held), mapping(value))
      : [];
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values of a chart as it has them. */
export function valuesOf(chart: Chart): Mapping {
  return mapping(readYamlFile(chart.values?.content ?? '')?.documents[0]?.value);
}

/** What stands at a path of a document. */
export function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (held, step) => (typeof step === 'number' ? list(held)[step] : mapping(held)[step]),
    value,
  );
}
