// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how the formats write variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findingSchema } from '#shared/artifact.ts';
import { judge } from './expect-findings.ts';

const formats = ['dockerfile', 'dockerignore', 'compose', 'kubernetes'] as const;
const pieces = [
  'FROM ',
  'RUN ',
  'COPY --from=',
  'HEALTHCHECK ',
  'SHELL ',
  'EXPOSE ',
  'ENV ',
  'ARG ',
  'ONBUILD ',
  '<<EOF',
  '\\\n',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '$',
  '${',
  ': ',
  '- ',
  '&a ',
  '*a ',
  '<<: ',
  '!',
  '#',
  '\t',
  '\n',
  '\r\n',
  '---\n',
  '|',
  '>',
  ' ',
  'a',
  '0',
  '__proto__',
  'constructor',
  'services:\n  ',
  'apiVersion: v1\nkind: Pod\n',
];
const keys = fc.oneof(
  fc.constantFrom(
    'services',
    'web',
    'image',
    'ports',
    'volumes',
    'depends_on',
    'environment',
    'deploy',
    'healthcheck',
    'apiVersion',
    'kind',
    'metadata',
    'name',
    'labels',
    'spec',
    'template',
    'containers',
    'selector',
    'data',
    '__proto__',
    'toString',
  ),
  fc.string({ maxLength: 8 }),
);
const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      70_000,
      1.5,
      'v1',
      'Pod',
      'apps/v1',
      'Deployment',
      '80:80',
      '${A}',
      '',
    ),
    fc.string({ maxLength: 10 }),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
  ),
})).any;

async function expectSound(format: (typeof formats)[number], content: string): Promise<void> {
  const lines = content.split('\n').length;
  for (const finding of await judge(format, content)) {
    expect(findingSchema.safeParse(finding).success).toBe(true);
    expect(finding.line).toBeLessThanOrEqual(lines);
  }
}

describe('validateFile of anything', () => {
  it.each(formats)(
    'never throws and names only lines that are there: text as %s',
    async (format) => {
      const text = fc.array(
        fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 })),
        { maxLength: 30 },
      );
      await fc.assert(
        fc.asyncProperty(text, (parts) => expectSound(format, parts.join(''))),
        { numRuns: 300 },
      );
    },
  );
  it.each(['compose', 'kubernetes'] as const)(
    'never throws at any value: YAML as %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(values, (value) => expectSound(format, stringify(value))),
        { numRuns: 300 },
      );
    },
  );
});
