import { type Plain, plain } from './plain-manifest.ts';
import type { ServiceValues } from './service-values.ts';

/** The chart's values: what all services share, what each has, and the claims that they mount. */
export type ChartValues = {
  readonly defaults: Plain;
  readonly persistence: Readonly<Record<string, Plain>>;
  readonly services: Readonly<Record<string, Plain>>;
};

/** Settings that are the house's rules rather than a service's facts, in the order of the file. */
const shared = [
  'workload',
  'replicas',
  'image',
  'terminationGracePeriodSeconds',
  'podSecurityContext',
  'securityContext',
  'imagePullSecrets',
  'serviceAccount',
  'podLabels',
  'podAnnotations',
  'nodeSelector',
  'tolerations',
  'affinity',
  'spreadOver',
  'writableSize',
  'probes',
  'service',
  'ingress',
  'networkPolicy',
  'autoscaling',
  'disruptionBudget',
] as const;

/** What templates read where no service says anything: nothing of it may be missing. */
const neutral: Plain = {
  workload: 'Deployment',
  replicas: 1,
  image: { registry: '', tag: '', digest: '', pullPolicy: 'IfNotPresent' },
  terminationGracePeriodSeconds: 30,
  podSecurityContext: {},
  securityContext: {},
  imagePullSecrets: [],
  serviceAccount: { create: false, annotations: {} },
  podLabels: {},
  podAnnotations: {},
  nodeSelector: {},
  tolerations: [],
  affinity: {},
  spreadOver: [],
  writableSize: '256Mi',
  probes: {},
  service: { type: 'ClusterIP', port: 80, annotations: {} },
  ingress: {
    enabled: true,
    className: '',
    annotations: {},
    host: 'service.example.com',
    path: '/',
    pathType: 'Prefix',
    tlsSecret: '',
  },
  networkPolicy: { enabled: true, ingress: [], dns: [], egress: [] },
  autoscaling: { enabled: false },
  disruptionBudget: { maxUnavailable: 1 },
};

/** Settings of one service each, whatever others have. */
const own: ReadonlySet<string> = new Set([
  'image.repository',
  'image.tag',
  'ingress.host',
  'ingress.tlsSecret',
  'networkPolicy.egress',
]);

/**
 * Moves what most services have in common into the defaults. A service keeps what differs; its
 * templates lay that over the defaults two levels deep, as `_helpers.tpl` does.
 */
export function chartValues(services: readonly ServiceValues[]): ChartValues {
  const all = services.map(({ settings }) => withPullPolicy(settings));
  const names = services.map(({ workload }) => workload.name);
  const defaults = Object.fromEntries(
    shared.map((key) => [key, commonOf(key, all, new Set(names))]),
  );
  return {
    defaults,
    persistence: Object.assign({}, ...services.map(({ claims }) => claims)),
    services: Object.fromEntries(
      services.map(({ workload }, index) => [workload.name, without(all[index] ?? {}, defaults)]),
    ),
  };
}

/** What a service says beside the given defaults. */
export function beside({ settings }: ServiceValues, defaults: Plain): Plain {
  return without(withPullPolicy(settings), defaults);
}

/** The pull policy is a setting of the image in the chart. */
function withPullPolicy({ imagePullPolicy, ...settings }: Plain): Plain {
  return { ...settings, image: { ...plain(settings.image), pullPolicy: imagePullPolicy } };
}

/** Settings that a pod would have without asking for them: common only where every service has them. */
const strict: ReadonlySet<string> = new Set([
  'podSecurityContext',
  'securityContext',
  'imagePullSecrets',
  'serviceAccount',
  'podLabels',
  'nodeSelector',
  'tolerations',
  'affinity',
]);
/** Settings that are taken or left as a whole. */
const whole: ReadonlySet<string> = new Set(['podLabels', 'nodeSelector', 'affinity', 'probes']);

function commonOf(key: string, all: readonly Plain[], services: ReadonlySet<string>): unknown {
  const fallback = neutral[key];
  const holders = all.filter((one) => one[key] !== undefined);
  if (key === 'probes' || (strict.has(key) && holders.length < all.length)) return fallback;
  if (!isMap(fallback) || whole.has(key))
    return (
      most(
        holders.map((one) => one[key]),
        services,
      ) ?? fallback
    );
  const held = holders.map((one) => plain(one[key]));
  const names = new Set([...Object.keys(plain(fallback)), ...held.flatMap(Object.keys)]);
  const merged: Record<string, unknown> = {};
  for (const name of names) {
    const isCommon = !own.has(`${key}.${name}`) && held.every((one) => one[name] !== undefined);
    const value =
      (isCommon
        ? most(
            held.map((one) => one[name]),
            services,
          )
        : undefined) ?? plain(fallback)[name];
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

/** The value that most have, the first of several; none that names a service, which is that one's alone. */
function most(values: readonly unknown[], services: ReadonlySet<string>): unknown {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (text.split(/[^\w-]+/).some((word) => services.has(word))) continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best ? JSON.parse(best[0]) : undefined;
}

function without(settings: Plain, defaults: Plain): Plain {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(settings)) {
    const given = defaults[key];
    if (same(value, given)) continue;
    if (!isMap(value) || !isMap(given)) kept[key] = value;
    else {
      const inner = Object.entries(plain(value)).filter(
        ([name, one]) => !same(one, plain(given)[name]),
      );
      if (inner.length > 0) kept[key] = Object.fromEntries(inner);
    }
  }
  return kept;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
