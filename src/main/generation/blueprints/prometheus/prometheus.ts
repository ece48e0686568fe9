import { Document, isMap, isSeq } from 'yaml';
import type { ScanResult, Service } from '#shared/scan.ts';
import { keptOr } from '../authors-texts.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { projectLabel } from '../names.ts';
import { observedServices } from '../observability/observed.ts';
import { alertGroups } from './alert-rules.ts';
import { authorsRules, prometheusPaths } from './authors-rules.ts';
import { monitors } from './monitors.ts';
import type { RuleGroup } from './rule.ts';
import { recordingGroups } from './slo-rules.ts';

/**
 * Rules on the golden signals and on objectives, as a plain file and as the operator's object, and
 * who scrapes what. Where alerts or monitors are the author's, ours are left out. They ask for metrics that the services really have, or else for the platform's.
 * @throws OmegaError `INVALID_INPUT` where no service keeps running.
 */
export function prometheusArtifacts(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const label = projectLabel(project);
  const services = observedServices(project, surroundings);
  const { files: theirs, alerts, hasMonitors } = authorsRules(project, surroundings);
  const groups = [
    ...recordingGroups(label, services),
    ...(alerts ? [] : alertGroups(label, services)),
  ];
  const [rules, object, monitor] = prometheusPaths(project);
  const file = (path: string, content: string): WrittenFile => ({
    kind: 'prometheus',
    path,
    content: keptOr(surroundings, path, content),
  });
  const scraped = hasMonitors
    ? []
    : monitors(label, services).map((one) =>
        render(new Document(one.object, options), one.comment),
      );
  const plainRules = new Document({ groups: plain(groups) }, options);
  const operatorRules = new Document(ruleObject(label, groups), options);
  return [
    ...(groups.length === 0
      ? []
      : [
          file(rules, render(withComments(plainRules, ['groups'], groups), plainHead)),
          file(
            object,
            render(withComments(operatorRules, ['spec', 'groups'], groups), operatorHead),
          ),
        ]),
    ...(scraped.length > 0 ? [file(monitor, scraped.join('---\n'))] : []),
    ...theirs,
  ];
}

const options = { aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;
const plainHead =
  ' For a Prometheus without the operator: name this file under rule_files. With the operator apply\n prometheusrule.yaml instead, which has the same rules. Check with: promtool check rules rules.yaml';
const operatorHead =
  ' The rules of rules.yaml for the Prometheus operator. Where your Prometheus selects rules by labels\n (ruleSelector), add those labels here and to the monitors.';

function ruleObject(project: string, groups: readonly RuleGroup[]): object {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: project, labels: { 'app.kubernetes.io/part-of': project } },
    spec: { groups: plain(groups) },
  };
}

function plain(groups: readonly RuleGroup[]): readonly object[] {
  return groups.map(({ name, rules }) => ({ name, rules }));
}

function withComments(
  document: Document,
  path: readonly string[],
  groups: readonly RuleGroup[],
): Document {
  const list = document.getIn(path);
  if (!isSeq(list)) return document;
  list.items.forEach((item, index) => {
    if (isMap(item)) item.commentBefore = groups[index]?.comment ?? null;
  });
  return document;
}

function render(document: Document, comment: string | null): string {
  if (comment !== null && document.contents) document.contents.commentBefore = comment;
  return document.toString({ lineWidth: 0 });
}
