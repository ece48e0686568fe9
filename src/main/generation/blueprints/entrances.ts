import type { ScanResult, Service } from '#shared/scan.ts';
import { behindOthers } from './call-graph.ts';
import { isDeployable } from './deployable.ts';
import { addressesOf, callsOf, exposureOf, siblingKey } from './siblings.ts';

/** Services that others call, those of them that people do not come to, and those whose address browsers get. */
type CalledServices = Readonly<Record<'any' | 'behind' | 'shown', ReadonlySet<string>>>;

/** Made once for each scan. */
const called = new WeakMap<ScanResult, CalledServices>();

/** Whether another service of the project calls this one, so that it answers on its own port. */
export function isAddressed(project: ScanResult, service: Service): boolean {
  return calledIn(project).any.has(siblingKey(service));
}

/**
 * Whether people come to a service that listens: as its author's model says, else where it stands behind
 * no other service of the project that calls it.
 */
export function isEntrance(project: ScanResult, service: Service): boolean {
  const exposure = exposureOf(service);
  if (exposure !== null) return exposure === 'public';
  return !calledIn(project).behind.has(siblingKey(service));
}

/**
 * Whether some service is told where browsers reach this one. One that its author's model shows to
 * nobody is reached so on the author's own machine.
 */
export function isShown(project: ScanResult, service: Service): boolean {
  return calledIn(project).shown.has(siblingKey(service));
}

/** What people come to, though others call it too: those that test it, and pages that it renders for itself. */
const entrance =
  /(?:^|[-_.])(?:front-?end|front|web-?(?:app|site|ui)?|ui|www|site|storefront|gateway|edge|portal)(?:$|[-_.])|frontend$/i;

function calledIn(project: ScanResult): CalledServices {
  const known = called.get(project);
  if (known) return known;
  const callers = project.services.filter(isDeployable);
  const edges = callers.map(
    (one) =>
      [siblingKey(one), callsOf(project, one).map(({ service }) => siblingKey(service))] as const,
  );
  const shown = callers.flatMap((one) =>
    addressesOf(project, one).filter(({ isPublic }) => isPublic),
  );
  const entrances = new Set(
    callers.filter(({ name, path }) => entrance.test(name) || entrance.test(path)).map(siblingKey),
  );
  const made = {
    shown: new Set(shown.map(({ service }) => siblingKey(service))),
    any: new Set(edges.flatMap(([, others]) => others)),
    behind: new Set([...behindOthers(new Map(edges))].filter((one) => !entrances.has(one))),
  };
  called.set(project, made);
  return made;
}
