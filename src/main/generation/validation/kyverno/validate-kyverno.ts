import { checkFields } from '../kubernetes/check-fields.ts';
import { readResource } from '../kubernetes/resource.ts';
import { kubernetesSchema } from '../kubernetes/schema.ts';
import { validateKubernetes } from '../kubernetes/validate-kubernetes.ts';
import { mapping } from '../plain.ts';
import { quote, Report } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Validator } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { judgePolicy } from './rules-policy.ts';
import { judgeTexts } from './rules-text.ts';
import { kyvernoSchema } from './schema.ts';

const url = 'https://kyverno.io/docs/policy-types/cluster-policy/';
/** Kinds of kyverno.io that are no policies of rules; their fields were not checked. */
const others = new Set([
  'CleanupPolicy',
  'ClusterCleanupPolicy',
  'PolicyException',
  'UpdateRequest',
]);

/**
 * Judges a file with Kyverno policies, strictly against their CRDs and by what its admission refuses
 * besides; other objects in it are judged as Kubernetes.
 */
export const validateKyverno: Validator = async (file, signal) => {
  const beside = await validateKubernetes(file, signal);
  const { documents } = parseYaml(file.content, 'kubernetes', 'kubernetes');
  const [schema, kubernetes] = await Promise.all([kyvernoSchema(), kubernetesSchema()]);
  const report = new Report();
  for (const document of documents) {
    const value = mapping(document.value);
    const read = readResource(value, [], document.lineOf, report);
    if (!read.apiVersion.startsWith('kyverno.io/') || others.has(read.kind)) continue;
    const resource: typeof read = {
      ...read,
      say: (rule, severity, path, message, where) =>
        report.add(
          `kyverno/${rule}`,
          severity,
          document.lineOf(path),
          message,
          where.includes('kubernetes-api') ? url : where,
        ),
    };
    const kinds = schema.kinds[read.apiVersion];
    const definition = kinds?.[read.kind];
    if (!kinds) {
      resource.say(
        'unknown-api',
        'error',
        ['apiVersion'],
        `Kyverno has no apiVersion ${quote(read.apiVersion)}. Use kyverno.io/v1.`,
        url,
      );
    } else if (definition === undefined) {
      const hint = didYouMean(read.kind, Object.keys(kinds)) || ' Use ClusterPolicy or Policy.';
      resource.say(
        'unknown-kind',
        'error',
        ['kind'],
        `${read.apiVersion} has no kind ${quote(read.kind)}.${hint}`,
        url,
      );
    } else {
      checkFields(resource, definition, schema);
      judgePolicy(resource, kubernetes);
      judgeTexts(resource);
    }
  }
  const isKnown = (message: string): boolean =>
    /^kyverno\.io\/\S+ (?:Cluster)?Policy /.test(message);
  return [
    ...beside.filter(({ rule, message }) => rule !== 'kubernetes/not-checked' || !isKnown(message)),
    ...report.findings,
  ];
};
