import { mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { Resource } from './resource.ts';
import { judgeIngress, judgePolicy } from './rules-network.ts';
import { judgeBinding } from './rules-rbac.ts';
import { judgeService } from './rules-services.ts';
import { judgeClaim } from './rules-volumes.ts';

const docs = 'https://kubernetes.io/docs/';

/** What the API server refuses in kinds other than pods. */
export function judgeObject(resource: Resource): void {
  const { kind, value, say } = resource;
  const spec = mapping(value.spec);
  if (kind === 'Service') judgeService(resource);
  else if (kind === 'Ingress') judgeIngress(resource);
  else if (kind === 'NetworkPolicy') judgePolicy(resource);
  else if (kind === 'PersistentVolumeClaim') judgeClaim(resource);
  else if (/^(?:Cluster)?RoleBinding$/.test(kind)) judgeBinding(resource);
  else if (kind === 'HorizontalPodAutoscaler') {
    const { minReplicas: least = 1, maxReplicas: most } = spec;
    if (typeof least === 'number' && typeof most === 'number' && least > most) {
      say(
        'replica-bounds',
        'error',
        ['spec', 'minReplicas'],
        `minReplicas (${least}) is over maxReplicas (${most}). Swap or mend them.`,
        `${docs}tasks/run-application/horizontal-pod-autoscale/`,
      );
    }
  } else if (kind === 'PodDisruptionBudget') {
    const both = spec.minAvailable !== undefined && spec.maxUnavailable !== undefined;
    if (both)
      say(
        'disruption-bounds',
        'error',
        ['spec', 'minAvailable'],
        'minAvailable and maxUnavailable exclude each other. Keep one.',
        `${docs}tasks/run-application/configure-pdb/`,
      );
  } else if (kind === 'CronJob') {
    const { schedule } = spec;
    if (typeof schedule === 'string' && !isSchedule(schedule)) {
      say(
        'invalid-schedule',
        'error',
        ['spec', 'schedule'],
        `${quote(schedule)} is no schedule. Give five fields, such as "*/5 * * * *".`,
        `${docs}concepts/workloads/controllers/cron-jobs/#schedule-syntax`,
      );
    }
  } else if (kind === 'Secret') judgeSecretData(resource);
  if (kind === 'Secret' || kind === 'ConfigMap') {
    for (const field of ['data', 'stringData', 'binaryData']) {
      for (const key of Object.keys(mapping(value[field]))) {
        if (key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && key !== '..')
          continue;
        say(
          'invalid-name',
          'error',
          [field, key],
          `${quote(key)} is no key: at most 253 letters, digits, -, _ and .`,
          `${docs}concepts/configuration/configmap/`,
        );
      }
    }
  }
}

function judgeSecretData({ value, say }: Resource): void {
  const url = `${docs}concepts/configuration/secret/`;
  for (const [key, held] of Object.entries(mapping(value.data))) {
    if (typeof held !== 'string') continue;
    const bare = held.replace(/\s/g, '');
    if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) {
      say(
        'invalid-base64',
        'error',
        ['data', key],
        `${quote(key)} is not base64. Encode it, or move it to stringData.`,
        url,
      );
    }
  }
}

/** Five cron fields, a macro such as @daily, or an interval. */
function isSchedule(text: string): boolean {
  const bare = text.trim().replace(/^(?:CRON_)?TZ=\S+\s+/, '');
  if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every\s+\d\S*)$/.test(bare))
    return true;
  const fields = bare.split(/\s+/);
  const bounds = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 7],
  ] as const;
  return (
    fields.length === 5 &&
    fields.every((field, index) => isCronField(field, bounds[index] ?? [0, 59]))
  );
}

function isCronField(field: string, [least, most]: readonly [number, number]): boolean {
  return field.split(',').every((part) => {
    const match =
      /^(?:\*|\?|(\d{1,2}|[A-Za-z]{3})(?:-(\d{1,2}|[A-Za-z]{3}))?)(?:\/(\d{1,3}))?$/.exec(part);
    if (!match) return false;
    const numbers = [match[1], match[2]].flatMap((text) =>
      text && /^\d/.test(text) ? [Number(text)] : [],
    );
    return numbers.every((number) => number >= least && number <= most) && match[3] !== '0';
  });
}
