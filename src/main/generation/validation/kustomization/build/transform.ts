import { list, type Mapping, mapping } from '../../plain.ts';
import { type Built, idOf, idsOf, isOfCluster, remember } from './built.ts';
import { isJson, visit } from './field-path.ts';
import { type FieldSpec, fieldSpecs, isFieldOf } from './field-specs.ts';

/** Puts all objects that lie in a namespace into this one. */
export function setNamespace(all: readonly Built[], namespace: string): void {
  for (const built of all) {
    const id = idOf(built);
    remember(built);
    const { object } = built;
    if (!isOfCluster(id)) object.metadata = { ...mapping(object.metadata), namespace };
    if (id.kind === 'Namespace' && id.group === '') {
      object.metadata = { ...mapping(object.metadata), name: namespace };
    }
    if (id.kind === 'RoleBinding' || id.kind === 'ClusterRoleBinding') {
      for (const subject of list(object.subjects)) {
        if (isJson(subject) && subject.name === 'default') subject.namespace = namespace;
      }
    }
    if (id.kind === 'APIService') {
      visit(object, ['spec', 'service', 'namespace'], true, (holder, key) => {
        holder[key] = namespace;
      });
    }
  }
}

const neverRenamed = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

/** Adds a prefix or suffix to all names, except of kinds whose names mean something. */
export function addAffix(all: readonly Built[], affix: string, where: 'prefix' | 'suffix'): void {
  if (affix === '') return;
  for (const built of all) {
    const [original = idOf(built)] = built.before;
    if (neverRenamed.has(original.kind)) continue;
    remember(built);
    const { name } = idOf(built);
    const renamed = where === 'prefix' ? `${affix}${name}` : `${name}${affix}`;
    built.object.metadata = { ...mapping(built.object.metadata), name: renamed };
    built[where === 'prefix' ? 'prefixes' : 'suffixes'].push(affix);
  }
}

function setPairs(all: readonly Built[], specs: readonly FieldSpec[], pairs: Mapping): void {
  if (Object.keys(pairs).length === 0) return;
  for (const built of all) {
    for (const spec of specs) {
      if (!isFieldOf(spec, idOf(built))) continue;
      visit(built.object, spec.path.split('/'), spec.create, (holder, key) => {
        holder[key] = { ...mapping(holder[key]), ...pairs };
      });
    }
  }
}

/** One entry of `labels`: on objects, and as asked on pod templates, claims and in selectors. */
export function setLabels(all: readonly Built[], entry: Mapping): void {
  const { labels, templateLabels, claimLabels, selectorLabels } = fieldSpecs;
  const own = list(entry.fields).map(mapping);
  const specs =
    entry.includeSelectors === true
      ? selectorLabels
      : [
          ...labels,
          ...(entry.includeTemplates === true ? templateLabels : []),
          ...(entry.includeVolumeClaimTemplates === true ? claimLabels : []),
        ];
  setPairs(all, [...specs, ...own.map(ownSpec)], mapping(entry.pairs));
}

/** A field of the author's own, in the form of {@link FieldSpec}. */
function ownSpec({ path, create, kind, group }: Mapping): FieldSpec {
  return {
    path: String(path),
    create: create === true,
    kinds: typeof kind === 'string' ? kind : null,
    ...(typeof group === 'string' ? { group } : {}),
  };
}

/** `commonAnnotations`: on objects and on pod templates. */
export function setAnnotations(all: readonly Built[], pairs: Mapping): void {
  setPairs(all, fieldSpecs.annotations, pairs);
}

/** `commonLabels`: on objects, pod templates and in selectors. */
export function setCommonLabels(all: readonly Built[], pairs: Mapping): void {
  setPairs(all, fieldSpecs.selectorLabels, pairs);
}

/** One entry of `replicas`; false where no object is of this name. */
export function setReplicas(all: readonly Built[], name: unknown, count: unknown): boolean {
  const scaled = /^(?:Deployment|ReplicationController|ReplicaSet|StatefulSet)$/;
  const found = all.filter((built) =>
    idsOf(built).some((id) => id.name === name && scaled.test(id.kind)),
  );
  for (const { object } of found) object.spec = { ...mapping(object.spec), replicas: count };
  return found.length > 0;
}
