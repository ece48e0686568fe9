import { type Mapping, mapping } from '../../plain.ts';
import { parseYaml } from '../../yaml/parse-yaml.ts';
import { type Built, idOf, idsOf, type Json, nameIt, remember, sameId } from './built.ts';
import { isBuiltIn } from './built-in-kinds.ts';
import { isJson } from './field-path.ts';
import { applyJsonPatch } from './json-patch.ts';
import { faultOfSelector, selectedBy } from './selector.ts';
import { strategicMerge } from './strategic-merge.ts';

/** What became of a patch: the objects left, and what is to be said of it. */
export type PatchResult = {
  readonly all: readonly Built[];
  readonly faults: readonly { readonly rule: 'patch' | 'patch-target'; readonly text: string }[];
};

/** The objects of a strategic merge patch, or the operations of a JSON patch; null where it is neither. */
export function readPatch(
  text: string,
): { readonly merges: readonly Json[] } | { readonly operations: readonly unknown[] } | null {
  const { documents, report } = parseYaml(text, 'kustomize', 'kubernetes');
  if (documents.length === 0 || report.findings.some(({ severity }) => severity === 'error'))
    return null;
  const [{ value: first }] = documents as [(typeof documents)[number]];
  if (Array.isArray(first)) return { operations: first };
  const merges = documents.map(({ value }) => value).filter(isJson);
  const whole = merges.every(
    ({ apiVersion, kind, metadata }) =>
      typeof apiVersion === 'string' &&
      typeof kind === 'string' &&
      mapping(metadata).name !== undefined,
  );
  return whole && merges.length === documents.length ? { merges } : null;
}

/** Applies the text of a patch to what it is aimed at. */
export function applyPatch(
  all: readonly Built[],
  text: string,
  target: Mapping | null,
  options: Mapping,
): PatchResult {
  const patch = readPatch(text);
  const fault = (rule: 'patch' | 'patch-target', message: string): PatchResult => ({
    all,
    faults: [{ rule, text: message }],
  });
  if (patch === null) {
    return fault(
      'patch',
      'it is neither objects with apiVersion, kind and metadata.name nor a list of operations',
    );
  }
  const bad = target === null ? null : faultOfSelector(target);
  if (bad !== null) return fault('patch', `its target has a pattern that cannot be read (${bad})`);
  const aimed = target === null ? null : selectedBy(target, all);
  if ('operations' in patch) {
    if (aimed === null) return fault('patch', 'a list of operations needs a target');
    if (aimed.length === 0)
      return fault('patch-target', 'its target is no object of this kustomization');
    const faults = aimed.flatMap((built) => {
      remember(built);
      const said = applyJsonPatch(built.object, patch.operations);
      return said === null
        ? []
        : [{ rule: 'patch' as const, text: `${nameIt(idOf(built))}: ${said}` }];
    });
    return { all, faults };
  }
  if (aimed !== null && patch.merges.length > 1) {
    return fault('patch', 'of several objects none may have a target beside it');
  }
  const deleted = new Set<Built>();
  const faults: PatchResult['faults'][number][] = [];
  for (const merge of patch.merges) {
    const id = idOf({ object: merge });
    const objects = aimed ?? all.filter((built) => idsOf(built).some((one) => sameId(one, id)));
    if (objects.length === 0) {
      const what = aimed === null ? nameIt(id) : 'its target';
      faults.push({ rule: 'patch-target', text: `${what} is no object of this kustomization` });
    }
    for (const built of objects) if (merged(built, merge, options)) deleted.add(built);
  }
  return { all: all.filter((built) => !deleted.has(built)), faults };
}

/** Whether the patch deleted the object; its name and kind stay unless the options allow a change. */
function merged(built: Built, patch: Json, options: Mapping): boolean {
  const id = idOf(built);
  const copy = structuredClone(patch);
  const { metadata, ...rest } = copy;
  const { name, ...others } = mapping(metadata);
  remember(built);
  const body: Json = {
    ...rest,
    metadata: options.allowNameChange === true ? { ...others, name } : others,
  };
  if (options.allowKindChange !== true) delete body.kind;
  delete body.apiVersion;
  if (body.$patch === 'replace') {
    body.apiVersion = built.object.apiVersion;
    body.kind = built.object.kind;
    body.metadata = { ...others, name: id.name };
  }
  return strategicMerge(built.object, body, isBuiltIn(id)) === 'deleted';
}
