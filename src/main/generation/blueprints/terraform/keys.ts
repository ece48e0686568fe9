import type { ScanResult } from '#shared/scan.ts';
import { isDeployable } from '../deployable.ts';
import { dnsLabel, namesOf } from '../names.ts';

/** Characters that a name may have in every cloud, beside what stands around it. */
const longest = 24;

/** Keys of a project's services, by their labels; made once for each scan. */
const tables = new WeakMap<ScanResult, ReadonlyMap<string, string>>();

/**
 * The name of a service in the cloud: its label. Where one of a project is too long for every cloud, what
 * all of them begin with is left out (`spring-petclinic-vets-service` is `vets-service`), and the rest is
 * cut where that is not enough.
 */
export function keyOf(project: ScanResult, label: string): string {
  const table = tables.get(project) ?? tableOf(project);
  tables.set(project, table);
  return table.get(label) ?? dnsLabel(label, 'service', longest);
}

function tableOf(project: ScanResult): ReadonlyMap<string, string> {
  const labels = project.services.filter(isDeployable).map((one) => namesOf(project, one).label);
  const isLong = labels.some((label) => label.length > longest);
  const prefix = isLong ? sharedStart(labels) : '';
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const label of labels) {
    const short = dnsLabel(label.slice(prefix.length), 'service', longest);
    // Digits are no start of a name: what is left of one may be another's.
    const key = taken.has(short) ? dnsLabel(label, 'service', longest) : short;
    taken.add(key);
    keys.set(label, key);
  }
  return keys;
}

/** What all labels begin with, up to a dash. */
function sharedStart(labels: readonly string[]): string {
  const [first = ''] = labels;
  let shared = labels.length < 2 ? '' : first;
  for (const label of labels) {
    while (!label.startsWith(shared)) shared = shared.slice(0, -1);
  }
  return shared.slice(0, shared.lastIndexOf('-') + 1);
}
