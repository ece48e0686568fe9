import { list, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { PodTemplate, Resource } from './resource.ts';

const docs = 'https://kubernetes.io/docs/';

/** What ties a workload to its pods: labels that its selector finds, and a policy that it allows. */
export function judgeWorkload(resource: Resource, pod: PodTemplate): void {
  judgeSelector(resource, pod);
  judgeRestart(resource, pod);
}

function judgeSelector(resource: Resource, pod: PodTemplate): void {
  const selector = mapping(mapping(resource.value.spec).selector);
  if (!/^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)$/.test(resource.kind)) return;
  const labels = mapping(pod.metadata.labels);
  const wanted = Object.entries(mapping(selector.matchLabels));
  for (const [key, value] of wanted) {
    if (labels[key] === value) continue;
    const found = labels[key] === undefined ? 'lacks it' : `has ${quote(String(labels[key]))}`;
    resource.say(
      'selector-mismatch',
      'error',
      ['spec', 'selector', 'matchLabels', key],
      `The selector wants ${quote(`${key}: ${String(value)}`)}, and the template ${found}. Give both the same labels.`,
      `${docs}concepts/workloads/controllers/deployment/#selector`,
    );
  }
  if (
    resource.value.spec !== undefined &&
    mapping(resource.value.spec).selector !== undefined &&
    wanted.length === 0 &&
    list(selector.matchExpressions).length === 0
  ) {
    resource.say(
      'selector-mismatch',
      'error',
      ['spec', 'selector'],
      'An empty selector is refused. Name a label of the template under matchLabels.',
      `${docs}concepts/workloads/controllers/deployment/#selector`,
    );
  }
}

function judgeRestart(resource: Resource, pod: PodTemplate): void {
  const { restartPolicy } = pod.spec;
  const path = [...pod.path, 'spec', 'restartPolicy'];
  const url = `${docs}concepts/workloads/pods/pod-lifecycle/#restart-policy`;
  if (resource.kind === 'Job' || resource.kind === 'CronJob') {
    if (restartPolicy !== 'Never' && restartPolicy !== 'OnFailure') {
      resource.say(
        'restart-policy',
        'error',
        path,
        'The pod of a job needs restartPolicy Never or OnFailure. Set one.',
        url,
      );
    }
  } else if (
    pod.path.length > 0 &&
    resource.kind !== 'PodTemplate' &&
    restartPolicy !== undefined &&
    restartPolicy !== 'Always'
  ) {
    resource.say(
      'restart-policy',
      'error',
      path,
      `The pods of a ${resource.kind} always restart. Remove restartPolicy, or use a Job.`,
      url,
    );
  }
}
