import { z } from 'zod';
import type { Finding } from '#shared/artifact.ts';
import { mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { ToolResult } from './run-tool.ts';
import { unusable } from './unusable.ts';

const reportSchema = z.object({
  resources: z
    .array(
      z.object({
        kind: z.string().default(''),
        name: z.string().default(''),
        status: z.string(),
        msg: z.string().default(''),
        validationErrors: z
          .array(z.object({ path: z.string(), msg: z.string() }))
          .max(1_000)
          .nullish(),
      }),
    )
    .max(10_000)
    .nullish(),
});

/** kubeconform reads manifests from its standard input; kinds without a schema are left to our own note. */
export const kubeconformArgs = [
  '-strict',
  '-ignore-missing-schemas',
  '-output',
  'json',
  '-',
] as const;

/** kubeconform's report as findings, each on the line of the field that it names. */
export function readKubeconform(result: ToolResult, content: string): readonly Finding[] {
  if (!result.ok) return [unusable('kubeconform', result.reason)];
  let report: z.infer<typeof reportSchema>;
  try {
    report = reportSchema.parse(JSON.parse(result.stdout));
  } catch {
    return [
      unusable(
        'kubeconform',
        `it ended with code ${result.exitCode} and no report: ${result.stderr.trim()}`,
      ),
    ];
  }
  const resources = report.resources ?? [];
  const invalid = resources.filter(({ status }) => status === 'statusInvalid');
  const failed = resources.filter(({ status }) => status === 'statusError');
  const unread = failed.filter(({ msg }) => isUnreadable.test(msg));
  const unjudged = failed.filter(({ msg }) => !isUnreadable.test(msg));
  const place = invalid.length > 0 ? createPlace(content) : () => 1;
  return [
    ...invalid.flatMap((resource) => refusals(resource, place)),
    ...unread.map(({ msg }) => finding(1, `kubeconform cannot read the file: ${quote(msg, 300)}.`)),
    // Offline each resource fails alike, for want of its schema: that is one thing to know.
    ...unjudged.slice(0, 1).map(({ kind, msg }) => {
      const more = unjudged.length > 1 ? ` and ${unjudged.length - 1} more` : '';
      return unusable('kubeconform', `${kind || 'a document'}${more}: ${msg}`);
    }),
  ];
}

/** What kubeconform says of a document that is no YAML, or no Kubernetes object. */
const isUnreadable = /^error (?:while parsing|unmarshalling)/;

type Resource = NonNullable<z.infer<typeof reportSchema>['resources']>[number];

/** The 1-based line of a path within a resource of the file. */
type Place = (resource: Resource, path: readonly string[]) => number;

/** Each fault of a resource on its own line; older versions tell only the first, in their message. */
function refusals(resource: Resource, place: Place): readonly Finding[] {
  const { kind, name, msg, validationErrors } = resource;
  const faults = validationErrors?.length
    ? validationErrors
    : [{ path: '', msg: msg.replace(/^problem validating schema\. Check JSON formatting: /, '') }];
  return faults.map((fault) => {
    const at = fault.path === '' ? '' : ` at ${fault.path}`;
    return finding(
      place(resource, readPointer(fault.path)),
      `${kind} ${name}${at}: ${fault.msg}. Mend it.`,
    );
  });
}

function finding(line: number, message: string): Finding {
  const url = 'https://kubernetes.io/docs/reference/kubernetes-api/';
  return { rule: 'kubeconform/invalid', severity: 'error', line, message, url };
}

/** The steps of a JSON pointer. */
function readPointer(path: string): readonly string[] {
  const steps = path.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function createPlace(content: string): Place {
  const { documents } = parseYaml(content, 'kubeconform', 'kubernetes');
  return ({ kind, name }, path) => {
    const alike = documents.filter(({ value }) => mapping(value).kind === kind);
    const named = alike.find(({ value }) => String(mapping(mapping(value).metadata).name) === name);
    const found = named ?? alike[0];
    return found?.lineOf(path.length > 0 ? path : ['kind']) ?? 1;
  };
}
