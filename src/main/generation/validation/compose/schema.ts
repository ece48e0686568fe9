import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

let compiled: Promise<ValidateFunction> | null = null;

/** The compose-spec schema as a validator; loaded and compiled once, at the first use. */
export function composeSchema(): Promise<ValidateFunction> {
  compiled ??= import('../../../../../resources/schemas/compose-spec.json', {
    with: { type: 'json' },
  }).then(({ default: schema }) =>
    new Ajv({
      allErrors: true,
      allowUnionTypes: true,
      strictTypes: false,
      strictRequired: false,
      verbose: true,
    }).compile(schema),
  );
  return compiled;
}

/** One thing that the schema refuses, at `path`. */
export type SchemaProblem = {
  readonly path: readonly (string | number)[];
  readonly error: ErrorObject;
};

/**
 * Reduces Ajv's errors to what a person wants to know: of the branches of a choice only those that come
 * closest, one problem a place, and nothing about texts with `${…}`, whose value is not known yet.
 */
export function readProblems(errors: readonly ErrorObject[]): readonly SchemaProblem[] {
  let kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'oneOf' && error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    const at = error.instancePath;
    const inside = kept.filter(({ instancePath }) => within(instancePath, at));
    const others = kept.filter((other) => !inside.includes(other));
    const closest = inside.filter(
      ({ keyword, instancePath }) => keyword !== 'type' || instancePath !== at,
    );
    kept = [...others, ...(closest.length > 0 ? closest : [mergeTypes(error, inside)])];
  }
  const seen = new Set<string>();
  return kept.flatMap((error) => {
    if (isInterpolated(error.data)) return [];
    const extra: unknown = error.params.additionalProperty;
    const key = `${error.instancePath}\n${typeof extra === 'string' ? extra : error.keyword}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ path: pointerToPath(error), error }];
  });
}

function within(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** A choice of which no branch has the right type: one error that names all types. */
function mergeTypes(choice: ErrorObject, branches: readonly ErrorObject[]): ErrorObject {
  const types = branches.flatMap(({ keyword, params }) =>
    keyword === 'type' ? [params.type].flat() : [],
  );
  return types.length === 0
    ? choice
    : { ...choice, keyword: 'type', params: { type: [...new Set(types)] } };
}

function isInterpolated(value: unknown): boolean {
  return typeof value === 'string' && /(?:^|[^$])(?:\$\$)*\$(?:\{|[A-Za-z_])/.test(value);
}

function pointerToPath(error: ErrorObject): readonly (string | number)[] {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra: unknown = error.params.additionalProperty;
  return typeof extra === 'string' ? [...steps, extra] : steps;
}
