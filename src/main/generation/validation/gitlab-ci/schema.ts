import { Ajv, type ValidateFunction } from 'ajv';
import { Reference } from './reference.ts';

type Schema = { [key: string]: unknown };

let compiled: Promise<ValidateFunction> | null = null;

/**
 * GitLab's own schema of `.gitlab-ci.yml` as a validator; loaded and compiled once, at the first use.
 * GitLab made it for editors; where its server takes more, so does this one.
 */
export function gitlabSchema(): Promise<ValidateFunction> {
  compiled ??= import('../../../../../resources/schemas/gitlab-ci.json', {
    with: { type: 'json' },
  }).then(({ default: schema }) => {
    const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, verbose: true });
    ajv.addKeyword({ keyword: 'elsewhere', validate: isElsewhere, errors: false });
    return ajv.compile(asServer(schema as Schema));
  });
  return compiled;
}

/** Whether a value is given elsewhere, and may be left out where `orNull` says so. */
function isElsewhere(orNull: boolean, value: unknown): boolean {
  return value instanceof Reference || (orNull && value === null);
}

/** The schema as GitLab's server judges: references stand for any value, a job's key may be empty. */
function asServer(schema: Schema): Schema {
  const copy = structuredClone(schema);
  const { definitions } = copy as { definitions: { job_template: { properties: Schema } } };
  relax(copy);
  const job = definitions.job_template;
  job.properties = Object.fromEntries(
    Object.entries(job.properties).map(([key, held]) => [
      key,
      orElsewhere((held as Schema).else, true),
    ]),
  );
  return copy;
}

/** Lists that the server takes empty: only texts are asked of them. */
const mayBeEmpty = new Set(['paths', 'exclude', 'entrypoint', 'tags', 'stages', 'extends']);

function relax(node: unknown, name = ''): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Schema;
  // A variable may hold the ending.
  if (schema.pattern === '\\.ya?ml$') schema.pattern = '\\.ya?ml$|\\$';
  if (mayBeEmpty.has(name)) delete schema.minItems;
  for (const [key, held] of Object.entries(schema)) {
    const isNamed = /^(?:properties|patternProperties)$/.test(key);
    if (isNamed || key === 'definitions') {
      const parts = held as Schema;
      for (const [one, part] of Object.entries(parts)) {
        relax(part, one);
        if (isNamed) parts[one] = orElsewhere(part, false);
      }
    } else {
      relax(held, Array.isArray(schema) || /^(?:oneOf|anyOf|allOf)$/.test(key) ? name : '');
    }
  }
}

function orElsewhere(schema: unknown, orNull: boolean): Schema {
  return { if: { elsewhere: orNull }, else: schema };
}
