import { isDeepStrictEqual } from 'node:util';
import { list, type Mapping, mapping } from '../../validation/plain.ts';

/**
 * Whether two kustomizations ask for the same build: both are brought into the fields of today, in
 * the order in which kustomize goes through the old ones.
 */
export function isSameBuild(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(ofToday(mapping(before)), ofToday(mapping(after)));
}

function ofToday(value: Mapping): Mapping {
  const { bases, imageTags, commonLabels, patchesStrategicMerge, patchesJson6902, ...rest } = value;
  const merged = list(patchesStrategicMerge).map((one) =>
    /[\n{]/.test(String(one)) ? { patch: one } : { path: one },
  );
  const labels =
    commonLabels === undefined ? [] : [{ includeSelectors: true, pairs: commonLabels }];
  return {
    ...rest,
    resources: [...list(value.resources), ...list(bases)],
    images: [...list(imageTags), ...list(value.images)],
    patches: [...merged, ...list(value.patches), ...list(patchesJson6902)],
    labels: [...list(value.labels), ...labels],
    configMapGenerator: list(value.configMapGenerator).map(withEnvs),
    secretGenerator: list(value.secretGenerator).map(withEnvs),
  };
}

function withEnvs(generator: unknown): unknown {
  const { env, ...rest } = mapping(generator);
  return env === undefined ? generator : { ...rest, envs: [...list(rest.envs), env] };
}
