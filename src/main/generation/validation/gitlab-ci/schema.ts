import { Ajv, type ValidateFunction } from 'ajv';

let compiled: Promise<ValidateFunction> | null = null;

/** GitLab's own schema of `.gitlab-ci.yml` as a validator; loaded and compiled once, at the first use. */
export function gitlabSchema(): Promise<ValidateFunction> {
  compiled ??= import('../../../../../resources/schemas/gitlab-ci.json', {
    with: { type: 'json' },
  }).then(({ default: schema }) =>
    new Ajv({
      allErrors: true,
      strict: false,
      validateFormats: false,
      verbose: true,
    }).compile(schema),
  );
  return compiled;
}
