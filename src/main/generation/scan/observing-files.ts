import { detectFormat } from '../validation/detect-format.ts';
import { isCopied, isTestPath } from './foreign-folders.ts';

/** Words in paths of files that watch services, or that say what may run. */
const hint = /otel|opentelemetry|collector|prom|alert|rules?\b|monitor|observ|polic|kyverno/i;
const dashboards = /grafana|dashboard/i;

/** Most files of a project whose content is looked at to tell their kind. */
export const maxObserving = 200;

/**
 * Whether a file may be a collector's configuration, rules of Prometheus, a dashboard or a policy:
 * only its content says whether it is one.
 */
export function mayObserve(path: string): boolean {
  if (isTestPath(path) || isCopied(path)) return false;
  if (/\.ya?ml$/.test(path)) return hint.test(path);
  return path.endsWith('.json') && dashboards.test(path);
}

/** Kinds of files in a scan that are told by their content, by the format that they are of. */
const kinds: Readonly<Record<string, string>> = {
  collector: 'collector',
  prometheus: 'prometheus-rules',
  grafana: 'grafana',
  kyverno: 'kyverno',
};

/** The kind of such a file, or null where it is none. */
export function observingKind(path: string, text: string): string | null {
  const format = detectFormat(path, text);
  if (format === 'kubernetes') return isMonitoring(text) ? 'prometheus-rules' : null;
  // One that begins with a workload is a manifest first.
  const [first = ''] = /^["']?apiVersion["']?:.*/m.exec(text) ?? [];
  if (format === 'kyverno' && !first.includes('kyverno.io/')) return null;
  return format !== null && Object.hasOwn(kinds, format) ? (kinds[format] ?? null) : null;
}

/** Whether all objects of a manifest are the Prometheus operator's. */
function isMonitoring(text: string): boolean {
  const versions = text.match(/^apiVersion:.*/gm) ?? [];
  return versions.length > 0 && versions.every((one) => one.includes('monitoring.coreos.com/'));
}
