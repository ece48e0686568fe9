import type { ScanResult, Service } from '#shared/scan.ts';
import { collectorModes, type Target } from '#shared/target.ts';
import { readRules } from '../../improve/prometheus/read-rules.ts';
import { authorsOfKind, pathsOfKind } from '../authors-texts.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { collectorPaths } from '../collector/paths.ts';
import { freePath } from '../free-path.ts';
import { manifestsRead } from '../kubernetes/deployed.ts';
import { leftNotes } from '../left-notes.ts';

/** Manifests whose names tell that the operator's objects are among them. */
const namedSo = /monitor|prom|rule|alert/i;

/** Where our files lie: the rules, the operator's object with the same, and the monitors. */
export function prometheusPaths(project: ScanResult): readonly [string, string, string] {
  const at = (name: string): string =>
    freePath(project, `observability/prometheus/${name}`, `observability-omega/prometheus/${name}`);
  return [at('rules.yaml'), at('prometheusrule.yaml'), at('servicemonitor.yaml')];
}

/** The author's rules and monitors, what says how the services run, and our places. */
export function prometheusReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  const own = prometheusPaths(project);
  return [
    ...pathsOfKind(project, 'prometheus-rules', own, target),
    ...manifestsRead(project, target),
  ];
}

/** The author's files of rules as they are, with what is to be said of them, and what they cover. */
export function authorsRules(
  project: ScanResult,
  surroundings: Surroundings,
): {
  readonly files: readonly WrittenFile[];
  readonly alerts: boolean;
  readonly hasMonitors: boolean;
} {
  const own = [
    ...prometheusPaths(project),
    ...collectorModes.flatMap((mode) => collectorPaths(project, mode)),
  ];
  const read = (kind: string) =>
    authorsOfKind(project, kind, own, surroundings)
      .filter(({ path }) => kind !== 'kubernetes' || namedSo.test(path))
      .map((one) => ({ ...one, rules: readRules(one.content) }));
  const theirs = read('prometheus-rules');
  const all = [...theirs, ...read('kubernetes')];
  const first = all.find(({ rules }) => rules.alerts > 0);
  const beside = {
    line: 1,
    text: 'These alerts are yours, so ours are not written: nobody is to be woken twice. The recording rules that our dashboard reads are.',
  };
  return {
    alerts: first !== undefined,
    hasMonitors: all.some(({ rules }) => rules.monitors),
    files: theirs.map((one) => ({
      kind: 'prometheus',
      path: one.path,
      content: one.content,
      notes: leftNotes(one === first ? [beside, ...one.rules.left] : one.rules.left),
    })),
  };
}
