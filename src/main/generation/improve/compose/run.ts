import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { dataPorts } from '../known-images.ts';
import { type ComposeEntry, type Proposed, runsOnce, setKey } from './service.ts';

/** How a service is kept running: its health check, its restart, its memory. */
export function keepRunning(entry: ComposeEntry, all: Mapping): readonly Proposed[] {
  return [...health(entry, all), ...restart(entry, all), ...memory(entry)];
}

function health(entry: ComposeEntry, all: Mapping): readonly Proposed[] {
  const { name, value, known } = entry;
  // What runs a client of its image and ends has nothing that could answer.
  if (value.healthcheck !== undefined || !known?.health || runsOnce(entry, all)) return [];
  // Where a password is asked for, or settings come from a file, the answer would be another.
  const isOpen = value.command === undefined || known.system !== 'Redis';
  if (!isOpen) return [];
  const check = {
    test: known.health,
    interval: '10s',
    timeout: '5s',
    retries: 10,
    start_period: '30s',
  };
  return [
    {
      path: ['services', name],
      changes: [setKey(entry, ['healthcheck'], check)],
      text: `${name}: Docker sees whether ${known.system} answers.`,
    },
  ];
}

function restart(entry: ComposeEntry, all: Mapping): readonly Proposed[] {
  const { name, value, known } = entry;
  if (value.restart !== undefined || mapping(value.deploy).restart_policy !== undefined) return [];
  // A command of its own may end: then it would be started again and again.
  const isProgram = value.command === undefined && value.entrypoint === undefined;
  const listens = list(value.ports).length > 0 || value.healthcheck !== undefined;
  const serves = known !== null || (isProgram && listens);
  if (!serves || runsOnce(entry, all)) return [];
  return [
    {
      path: ['services', name],
      changes: [setKey(entry, ['restart'], 'unless-stopped')],
      text: `${name}: it comes back after a crash, and after the host did.`,
    },
  ];
}

/** A limit that is too low kills what runs well: without figures of the running service none is set. */
function memory({ name, value }: ComposeEntry): readonly Proposed[] {
  const limits = mapping(mapping(mapping(value.deploy).resources).limits);
  if (value.mem_limit !== undefined || limits.memory !== undefined) return [];
  return [
    {
      path: ['services', name],
      changes: [],
      text: 'nothing limits its memory, since there are no figures of what it takes (docker stats tells; then mem_limit)',
    },
  ];
}

/** Ports of databases that the host's network reaches: from then on the host alone. */
export function bindPorts({ name, value }: ComposeEntry): readonly Proposed[] {
  const image = typeof value.image === 'string' ? value.image : '';
  const data = new Set(dataPorts(image).map(String));
  return list(value.ports).flatMap((port, index): readonly Proposed[] => {
    const path = ['services', name, 'ports', index];
    const text = `${name}: its data is reached from this host alone, not from its network.`;
    if (typeof port === 'string') {
      const target = /^(?:\$\{[^}]*\}|[\d-]+):(\d+)(?:\/tcp)?$/.exec(port)?.[1];
      if (target === undefined || !data.has(target)) return [];
      return [
        { path, text, changes: [{ type: 'set', document: 0, path, value: `127.0.0.1:${port}` }] },
      ];
    }
    const { target, published, host_ip: ip } = mapping(port);
    if (published === undefined || ip !== undefined || !data.has(String(target))) return [];
    return [
      {
        path,
        text,
        changes: [{ type: 'set', document: 0, path: [...path, 'host_ip'], value: '127.0.0.1' }],
      },
    ];
  });
}
