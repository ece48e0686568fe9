import { checkFields } from '../kubernetes/check-fields.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { judgeNames } from '../kubernetes/rules-names.ts';
import type { KubernetesSchema } from '../kubernetes/schema.ts';
import { list, mapping } from '../plain.ts';
import { judgePromql, promqlParser } from '../promql/judge-promql.ts';
import { isDuration } from '../promql/literals.ts';
import { quote } from '../report.ts';
import { judgeGroups } from './rule-groups.ts';

const apiUrl = 'https://prometheus-operator.dev/docs/api-reference/api/';

type OperatorSchema = Pick<KubernetesSchema, 'kinds' | 'defs'>;
let loaded: Promise<OperatorSchema> | null = null;

function operatorSchema(): Promise<OperatorSchema> {
  loaded ??= import('../../../../../resources/schemas/prometheus-operator.json', {
    with: { type: 'json' },
  }).then(({ default: schema }) => schema as unknown as OperatorSchema);
  return loaded;
}

/**
 * Judges an object of the Prometheus operator (rules and monitors) by its CRD's fields and by its
 * meaning. False where it is none, so that others judge it.
 */
export async function judgeOperator(
  resource: Resource,
  kubernetes: KubernetesSchema,
): Promise<boolean> {
  if (resource.apiVersion !== 'monitoring.coreos.com/v1') return false;
  const schema = await operatorSchema();
  const kinds = schema.kinds[resource.apiVersion] ?? {};
  const definition = Object.hasOwn(kinds, resource.kind) ? kinds[resource.kind] : undefined;
  if (definition === undefined) return false;
  judgeNames(resource);
  checkFields(resource, definition, {
    ...kubernetes,
    defs: { ...kubernetes.defs, ...schema.defs },
  });
  if (resource.kind === 'PrometheusRule') await judgeRules(resource);
  else judgeMonitor(resource);
  return true;
}

async function judgeRules({ value, say }: Resource): Promise<void> {
  const parser = await promqlParser();
  judgeGroups(
    {
      say: (rule, severity, path, message, url, below) =>
        say(`prometheus/${rule}`, severity, path, message, url, below),
      promql: (text) => judgePromql(parser, text),
    },
    mapping(value.spec).groups ?? [],
    ['spec', 'groups'],
    true,
  );
}

function judgeMonitor({ kind, value, say }: Resource): void {
  const key = kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints';
  const spec = mapping(value.spec);
  if (Array.isArray(spec[key]) && spec[key].length === 0) {
    say(
      'prometheus/no-endpoint',
      'error',
      ['spec', key],
      `This ${kind} scrapes nothing. Add an endpoint with a port.`,
      apiUrl,
    );
  }
  list(spec[key]).forEach((one, index) => {
    const endpoint = mapping(one);
    const path = ['spec', key, index];
    const ports = ['port', 'targetPort', 'portNumber'].filter(
      (name) => endpoint[name] !== undefined,
    );
    if (ports.length === 0) {
      say(
        'prometheus/no-port',
        'error',
        path,
        `An endpoint of a ${kind} needs the name of a port. Add port.`,
        apiUrl,
      );
    }
    for (const name of ['interval', 'scrapeTimeout']) {
      const held = endpoint[name];
      if (typeof held !== 'string' || isDuration(held)) continue;
      say(
        'prometheus/duration',
        'error',
        [...path, name],
        `${name} is no duration: ${quote(held)}. Write it like 30s.`,
        apiUrl,
      );
    }
    const [every, most] = [secondsOf(endpoint.interval), secondsOf(endpoint.scrapeTimeout)];
    if (every !== null && most !== null && most > every) {
      say(
        'prometheus/scrape-timeout',
        'error',
        [...path, 'scrapeTimeout'],
        'The timeout is longer than the interval, which Prometheus refuses. Make it shorter.',
        apiUrl,
      );
    }
    if (typeof endpoint.path === 'string' && !endpoint.path.startsWith('/')) {
      say(
        'prometheus/path',
        'warning',
        [...path, 'path'],
        'A path begins with a slash. Add it.',
        apiUrl,
      );
    }
  });
}

/** Seconds of a duration of one or several parts, null where it is none. */
function secondsOf(value: unknown): number | null {
  if (typeof value !== 'string' || !isDuration(value)) return null;
  const units: Readonly<Record<string, number>> = {
    ms: 0.001,
    s: 1,
    m: 60,
    h: 3600,
    d: 86_400,
    w: 604_800,
    y: 31_536_000,
  };
  return [...value.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}
