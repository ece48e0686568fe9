import { list, mapping } from '../../validation/plain.ts';
import { type Known, type Proposal, set } from './container.ts';

/** How a container is kept running: what it may take, and whether it answers. */
export function keepContainer(known: Known): readonly Proposal[] {
  return [...resources(known), ...probes(known)];
}

function resources({ place, facts }: Known): readonly Proposal[] {
  const { document, path, container } = place;
  const { requests, limits } = mapping(container.resources);
  if (requests !== undefined || limits !== undefined) return [];
  if (!facts?.resources) {
    return [
      {
        document,
        path,
        changes: [],
        text: 'it claims no CPU and memory, since there are no figures of what it takes (kubectl top pod tells; then resources)',
      },
    ];
  }
  const { reason, ...sizes } = facts.resources;
  return [
    {
      document,
      path,
      changes: [set(place, ['resources'], sizes, reason)],
      text: 'it claims what it takes, and its memory has a limit.',
    },
  ];
}

/** Probes that ask the health path of the source, on a port that the container declares. */
function probes({ place, facts }: Known): readonly Proposal[] {
  const { document, path, container } = place;
  const has = ['livenessProbe', 'readinessProbe', 'startupProbe'].some(
    (key) => container[key] !== undefined,
  );
  if (has || !facts?.health) return [];
  const { health } = facts;
  const ports = list(container.ports).map(mapping);
  const declared = ports.find(({ containerPort }) => containerPort === health.port);
  if (!declared) return [];
  const port = typeof declared.name === 'string' ? declared.name : health.port;
  const check = { httpGet: { path: health.path, port } };
  const alive =
    health.alive === null ? { tcpSocket: { port } } : { httpGet: { path: health.alive, port } };
  const changes = [
    set(
      place,
      ['startupProbe'],
      { ...check, periodSeconds: 3, failureThreshold: Math.ceil(health.startupSeconds / 3) },
      `The path that the source answers when it is well.`,
    ),
    set(place, ['readinessProbe'], {
      ...check,
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 3,
    }),
    set(place, ['livenessProbe'], {
      ...alive,
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 3,
    }),
  ];
  return [{ document, path, changes, text: 'the cluster asks it whether it is well.' }];
}
