import { list, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { Resource } from './resource.ts';

const url =
  'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding';
const group = 'rbac.authorization.k8s.io';

/** What a binding binds: a role of the group of roles, and subjects that can be found. */
export function judgeBinding({ kind, value, say }: Resource): void {
  const { apiGroup, kind: role } = mapping(value.roleRef);
  if (typeof apiGroup === 'string' && apiGroup !== '' && apiGroup !== group) {
    const message = `The apiGroup of a role is ${group}, and not ${quote(apiGroup)}.`;
    say('role-group', 'error', ['roleRef', 'apiGroup'], message, url);
  }
  if (kind === 'ClusterRoleBinding' && role === 'Role') {
    const message = 'A ClusterRoleBinding binds a ClusterRole. Use a RoleBinding for a Role.';
    say('role-kind', 'error', ['roleRef', 'kind'], message, url);
  }
  list(value.subjects).forEach((entry, index) => {
    const subject = mapping(entry);
    const at = ['subjects', index];
    const isAccount = subject.kind === 'ServiceAccount';
    const own = subject.apiGroup ?? '';
    if (typeof own === 'string' && own !== '' && (isAccount || own !== group)) {
      const message = `The apiGroup of a ${String(subject.kind)} is ${isAccount ? 'empty' : group}, and not ${quote(own)}.`;
      say('subject-group', 'error', [...at, 'apiGroup'], message, url);
    }
    if (kind === 'ClusterRoleBinding' && isAccount && !subject.namespace) {
      const message = 'A ServiceAccount lies in a namespace. Name it.';
      say('missing-field', 'error', at, message, url);
    }
  });
}
