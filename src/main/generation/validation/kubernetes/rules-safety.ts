import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { containersOf, type PodTemplate, podTemplateOf, type Resource } from './resource.ts';

const standards = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
const contextUrl = 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/';
const secretUrl = 'https://kubernetes.io/docs/concepts/configuration/secret/';

/** What the Pod Security Standards and good practice advise against; nothing here is refused by the API. */
export function judgeSafety(resource: Resource): void {
  const pod = podTemplateOf(resource);
  if (pod) judgePod(resource, pod);
  if (resource.kind === 'Secret' && resource.value.type !== 'kubernetes.io/service-account-token') {
    for (const field of ['data', 'stringData']) {
      for (const [key, value] of Object.entries(mapping(resource.value[field]))) {
        if (typeof value !== 'string' || value === '' || /\$\{|\$\(|^<.*>$/.test(value)) continue;
        resource.say(
          'inline-secret',
          'warning',
          [field, key],
          `${quote(key)} stands here for everyone who reads the file (base64 hides nothing). Create the Secret outside the repository.`,
          `${secretUrl}`,
        );
      }
    }
  }
}

function judgePod(resource: Resource, pod: PodTemplate): void {
  const { spec, path } = pod;
  const { say } = resource;
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (spec[key] === true) {
      const rule = key.replace('host', 'host-').toLowerCase();
      say(
        rule,
        'warning',
        [...path, 'spec', key],
        `${key} takes away the wall between pod and node. Remove it.`,
        `${standards}#baseline`,
      );
    }
  }
  list(spec.volumes).forEach((volume, index) => {
    const held = mapping(volume).hostPath;
    if (held !== undefined && held !== null) {
      say(
        'host-path',
        'warning',
        [...path, 'spec', 'volumes', index, 'hostPath'],
        'A hostPath volume opens the node to the pod. Use a PersistentVolumeClaim, emptyDir or ConfigMap.',
        `${standards}#baseline`,
      );
    }
  });
  const context = mapping(spec.securityContext);
  for (const found of containersOf(pod)) judgeContainer(resource, found, context);
}

function judgeContainer(
  resource: Resource,
  {
    container,
    path,
    init,
  }: { readonly container: Mapping; readonly path: YamlPath; readonly init: boolean },
  podContext: Mapping,
): void {
  const { say } = resource;
  const own = mapping(container.securityContext);
  if (own.privileged === true) {
    say(
      'privileged',
      'warning',
      [...path, 'securityContext', 'privileged'],
      'A privileged container can take over its node. Remove privileged, and add single capabilities.',
      `${standards}#baseline`,
    );
  }
  list(mapping(own.capabilities).add).forEach((capability, index) => {
    if (
      /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN|NET_RAW)$/i.test(
        String(capability),
      )
    ) {
      say(
        'dangerous-capability',
        'warning',
        [...path, 'securityContext', 'capabilities', 'add', index],
        `${quote(String(capability))} gives much power over the node. Add only what is needed.`,
        `${standards}#baseline`,
      );
    }
  });
  const user = own.runAsUser ?? podContext.runAsUser;
  if (user === 0) {
    const at = own.runAsUser === 0 ? [...path, 'securityContext', 'runAsUser'] : path;
    say(
      'run-as-root',
      'warning',
      at,
      'The container runs as root. Give runAsUser another number and set runAsNonRoot: true.',
      `${standards}#restricted`,
    );
  } else if ((own.runAsNonRoot ?? podContext.runAsNonRoot) !== true) {
    say(
      'run-as-non-root',
      'warning',
      path,
      'Nothing keeps this container from running as root. Set securityContext.runAsNonRoot: true.',
      `${standards}#restricted`,
    );
  }
  if (own.allowPrivilegeEscalation !== false && own.privileged !== true) {
    say(
      'privilege-escalation',
      'warning',
      path,
      'The process may gain rights. Set securityContext.allowPrivilegeEscalation: false.',
      `${standards}#restricted`,
    );
  }
  if (own.readOnlyRootFilesystem !== true) {
    say(
      'writable-root',
      'info',
      path,
      'The root file system is writable. Set securityContext.readOnlyRootFilesystem: true where the program allows.',
      contextUrl,
    );
  }
  const { image } = container;
  if (typeof image === 'string' && image !== '' && !image.includes('@') && !image.includes('$')) {
    const tag = /:([^:/]+)$/.exec(image)?.[1];
    if (tag === undefined || tag === 'latest') {
      say(
        'unpinned-image',
        'warning',
        [...path, 'image'],
        `${quote(image)} moves with every release. Name a version.`,
        'https://kubernetes.io/docs/concepts/containers/images/#image-names',
      );
    }
  }
  const { requests, limits } = mapping(container.resources);
  if (requests === undefined && limits === undefined && !init) {
    say(
      'no-resources',
      'warning',
      path,
      'The container claims no CPU and memory, so it can starve its neighbours. Set resources.requests and limits.memory.',
      'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    );
  }
  list(container.env).forEach((entry, index) => {
    const { name, value } = mapping(entry);
    const secret =
      typeof name === 'string' && typeof value === 'string' ? judgeSecret(name, value) : null;
    if (secret === null) return;
    say(
      'inline-secret',
      secret === 'certain' ? 'error' : 'warning',
      [...path, 'env', index],
      `${quote(String(name))} stands here in plain text. Take it from a Secret with valueFrom.secretKeyRef.`,
      secretUrl,
    );
  });
}
