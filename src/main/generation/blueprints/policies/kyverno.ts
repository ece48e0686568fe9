import { collectorRepository } from '../collector/container.ts';

/** One Kyverno rule over pods; Kyverno makes those for Deployments and Jobs from it by itself. */
export type PodRule = {
  readonly name: string;
  readonly title: string;
  readonly why: string;
  /** `validate` without its action. */
  readonly validate: Readonly<Record<string, unknown>>;
};

/** The same pattern for all containers of a pod, those that may be missing included. */
function everyContainer(pattern: object): object {
  return {
    '=(initContainers)': [pattern],
    '=(ephemeralContainers)': [pattern],
    containers: [pattern],
  };
}

const maybeNonRoot = { '=(securityContext)': { '=(runAsNonRoot)': true } };
const nonRoot = { securityContext: { runAsNonRoot: true } };

/**
 * Rules that the manifests of the catalogue pass. `images` are patterns of theirs, but for the
 * collector's; where there are none, no rule says where images come from.
 */
export function podRules(images: readonly string[]): readonly PodRule[] {
  return [
    {
      name: 'require-run-as-non-root',
      title: 'No container runs as root',
      why: 'Who breaks out of a container that runs as root is root on the node.',
      validate: {
        message: 'Set securityContext.runAsNonRoot: true for the pod or for each container.',
        anyPattern: [
          { spec: { securityContext: { runAsNonRoot: true }, ...everyContainer(maybeNonRoot) } },
          { spec: everyContainer(nonRoot) },
        ],
      },
    },
    {
      name: 'require-read-only-root',
      title: 'Root file systems are read-only',
      why: 'An attacker can leave no program behind where nothing can be written.',
      validate: {
        message:
          'Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes.',
        pattern: { spec: everyContainer({ securityContext: { readOnlyRootFilesystem: true } }) },
      },
    },
    {
      name: 'require-drop-all',
      title: 'Every capability is dropped',
      why: 'What a program may not do, nobody can do through it.',
      validate: {
        message: 'Set securityContext.capabilities.drop: ["ALL"] for each container.',
        foreach: [
          {
            list: 'request.object.spec.[ephemeralContainers, initContainers, containers][]',
            deny: {
              conditions: {
                all: [
                  {
                    key: 'ALL',
                    operator: 'AnyNotIn',
                    value: '{{ element.securityContext.capabilities.drop[].to_upper(@) || `[]` }}',
                  },
                ],
              },
            },
          },
        ],
      },
    },
    {
      name: 'disallow-latest',
      title: 'Images have a version',
      why: 'The same manifest must run the same program tomorrow, and can then be rolled back.',
      validate: {
        message: 'Name the version of each image; latest and no tag move with every release.',
        pattern: { spec: everyContainer({ image: '*:* & !*:latest' }) },
      },
    },
    {
      name: 'require-requests-and-limits',
      title: 'Containers say what they take',
      why: 'A container without a limit of memory can take its neighbours down with it.',
      validate: {
        message:
          'Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.',
        pattern: {
          spec: {
            '=(initContainers)': [sized],
            containers: [sized],
          },
        },
      },
    },
    ...(images.length === 0 ? [] : [fromRegistries(images)]),
  ];
}

function fromRegistries(patterns: readonly string[]): PodRule {
  const image = [...patterns, `${collectorRepository}:*`].join(' | ');
  return {
    name: 'restrict-registries',
    title: 'Images come from our registry',
    why: 'What others publish under a name can be replaced under that name.',
    validate: {
      message: `Images are ${patterns.join(', ')} alone, but for the collector's. Copy others there, or add their registry.`,
      pattern: { spec: everyContainer({ image }) },
    },
  };
}

const sized = {
  resources: { requests: { cpu: '?*', memory: '?*' }, limits: { memory: '?*' } },
};
