import { Document, isMap, isScalar, type Pair } from 'yaml';
import { literalOf } from '../kubernetes/context.ts';
import { entranceOf } from '../kubernetes/entrance.ts';
import type { ChartValues } from './chart-values.ts';
import type { Plain } from './plain-manifest.ts';
import type { ServiceValues } from './service-values.ts';

type Path = readonly string[];

/** `values.yaml`, with what a reader has to know above each setting. */
export function valuesFile(values: ChartValues, services: readonly ServiceValues[]): string {
  const document = new Document(values, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  const say = (path: Path, comment: string): void => commentOn(document, path, comment);
  say(['defaults'], defaultsComment);
  for (const [path, comment] of settingComments) say(path, comment);
  for (const [path, comment] of clusterComments(services)) say(path, comment);
  say(
    ['persistence'],
    'Claims that services mount, by name. What "helm uninstall" leaves are these: they hold data.',
  );
  say(
    ['services'],
    `Every service of the project. A setting of a service wins over the default of the same name.`,
  );
  for (const { workload } of services) {
    for (const [key, comment] of commentsOf(workload))
      say(['services', workload.name, ...key], comment);
  }
  return document.toString({ lineWidth: 0 });
}

/** What stands below `services:` for services that are added to a file of the user's. */
export function serviceEntries(added: Plain): string {
  const document = new Document(
    { services: added },
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  return document.toString({ lineWidth: 0 }).replace(/^services:\n/, '');
}

const defaultsComment =
  'What all services share. Templates read these where a service says nothing else.';

const settingComments: readonly (readonly [Path, string])[] = [
  [['defaults', 'workload'], 'Deployment keeps running; Job runs once and ends.'],
  [['defaults', 'replicas'], 'Counts only where autoscaling is off.'],
  [
    ['defaults', 'podSecurityContext'],
    'The restricted Pod Security Standard. User and group are set for each service.',
  ],
  [
    ['defaults', 'imagePullSecrets'],
    'Names of Secrets of type kubernetes.io/dockerconfigjson, as in [{ name: registry }].',
  ],
  [['defaults', 'spreadOver'], 'Labels of nodes that pods are spread over.'],
  [
    ['defaults', 'writableSize'],
    'The root file system is read-only; each of writableFolders is an emptyDir of this size.',
  ],
  [['defaults', 'networkPolicy'], 'What is not let in (ingress) or out (dns, egress) is refused.'],
  [
    ['defaults', 'autoscaling'],
    'Needs metrics-server. minReplicas 2 keeps a service there while a node is drained.',
  ],
];

/** What the flavour of the cluster asks of whoever installs the chart. */
function clusterComments(services: readonly ServiceValues[]): readonly (readonly [Path, string])[] {
  const [first] = services;
  const listens = services.find(({ workload }) => workload.isPublic);
  const { imageComment, identity } = first?.workload.cluster ?? {
    imageComment: '',
    identity: null,
  };
  return [
    [
      ['defaults', 'image'],
      `${imageComment}\nThe tag falls back to appVersion of Chart.yaml; a digest wins over the tag.`,
    ],
    ...(identity ? [[['defaults', 'serviceAccount'], identity.comment] as const] : []),
    ...(listens
      ? [
          [
            ['defaults', 'ingress'],
            `For services that people come to. ${entranceOf(listens.workload).comment}`,
          ] as const,
        ]
      : []),
  ];
}

function commentsOf({
  name,
  portAssumed,
  secrets,
  defaults,
  config,
  service,
}: ServiceValues['workload']): readonly (readonly [Path, string])[] {
  const literals = secrets.map((one) => `  ${literalOf(one)}`).join(' \\\n');
  const left = defaults.length > 0 ? `Left to the code's defaults: ${defaults.join(', ')}.` : null;
  const replace = Object.values(config).includes('change-me') ? 'Replace every change-me.' : null;
  const ofConfig = [replace, left].filter((text) => text !== null).join(' ');
  return [
    ...(portAssumed
      ? [
          [
            ['port'],
            'The scan could not tell the port: set the one that the service listens on.',
          ] as const,
        ]
      : []),
    ...(ofConfig === '' ? [] : [[['config'], ofConfig] as const]),
    ...(secrets.length === 0
      ? []
      : [
          [
            ['secrets'],
            `Made once, outside the chart:\nkubectl create secret generic ${name}-secrets \\\n${literals}`,
          ] as const,
        ]),
    ...(service.release
      ? [[['releaseCommand'], 'Runs before each new version starts.'] as const]
      : []),
  ];
}

function commentOn(document: Document, path: Path, comment: string): void {
  let node: unknown = document.contents;
  let pair: Pair | undefined;
  for (const key of path) {
    if (!isMap(node)) return;
    pair = node.items.find((one) => isScalar(one.key) && one.key.value === key);
    node = pair?.value;
  }
  if (!pair || !isScalar(pair.key)) return;
  pair.key.commentBefore = comment
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
  pair.key.spaceBefore = path.length === 1 && path[0] !== 'defaults';
}
