import type { ScanResult, Service } from '#shared/scan.ts';
import { callsOf, siblingsIn } from '../siblings.ts';

/**
 * For each service those of the project that it waits for and that start before it. Compose refuses a
 * circle, so of services that wait for each other the later one in the list waits for the earlier.
 */
export function startOrder(
  project: ScanResult,
  services: readonly Service[],
): ReadonlyMap<Service, readonly Service[]> {
  const order = new Map<Service, Service[]>();
  for (const service of [...services].reverse()) {
    const wished = new Set(awaitedBy(project, service));
    order.set(
      service,
      [...wished].filter((other) => services.includes(other) && !leads(order, other, service)),
    );
  }
  return order;
}

function leads(
  order: ReadonlyMap<Service, readonly Service[]>,
  from: Service,
  to: Service,
): boolean {
  const reached = new Set([from]);
  for (const one of reached) for (const next of order.get(one) ?? []) reached.add(next);
  return reached.has(to);
}

/** Services that have to answer before this one starts: those it calls, or as its author's model has it. */
function awaitedBy(project: ScanResult, service: Service): readonly Service[] {
  const calls = callsOf(project, service);
  if (!service.evidence.some(({ fact }) => fact === 'deployedName'))
    return calls.map((call) => call.service);
  const after = service.evidence.flatMap(({ fact, value }) =>
    fact === 'startsAfter' ? siblingsIn(project, value) : [],
  );
  // Addresses in settings are often only handed on.
  const found = calls.filter(({ variable }) => variable?.startsWith('services__'));
  return [...found.map((call) => call.service), ...after];
}
