import { list, mapping } from '../../validation/plain.ts';
import type { YamlChange } from '../yaml/changes.ts';
import { type ComposeEntry, isOrdinary, isPrivileged, type Proposed, setKey } from './service.ts';

/** Rights that a service does not need, where it is known that it does not. */
export function hardenService(entry: ComposeEntry): readonly Proposed[] {
  if (isPrivileged(entry)) return [];
  return [...noNewPrivileges(entry), ...capabilities(entry), ...readOnly(entry)];
}

function noNewPrivileges(entry: ComposeEntry): readonly Proposed[] {
  const { name, value, known } = entry;
  const options = value.security_opt;
  if (list(options).some((option) => /no-new-privileges/.test(String(option)))) return [];
  const path = ['services', name];
  const isSafe = known !== null || (entry.runsAs !== null && !entry.runsAs.gainsRights);
  if (!isSafe) {
    const why = entry.runsAs
      ? 'its image gives programs rights of their own (sudo, setuid)'
      : 'nothing is known of its image';
    return [
      {
        path,
        changes: [],
        text: `its processes may gain rights, since ${why} (security_opt: ["no-new-privileges:true"])`,
      },
    ];
  }
  const item = 'no-new-privileges:true';
  const change: YamlChange =
    options === undefined
      ? setKey(entry, ['security_opt'], [item])
      : { type: 'append', document: 0, path: [...path, 'security_opt'], value: item };
  return [
    {
      path,
      changes: [change],
      text: `${name}: no process gains rights that it was not started with.`,
    },
  ];
}

function capabilities(entry: ComposeEntry): readonly Proposed[] {
  const { name, value, known } = entry;
  if (value.cap_drop !== undefined) return [];
  const path = ['services', name];
  if (known === null && !isOrdinary(entry)) {
    return [
      {
        path,
        changes: [],
        text: 'it keeps the capabilities that Docker gives, since it runs as root, or nobody knows as whom (cap_drop: ["ALL"], and back what it misses)',
      },
    ];
  }
  const needed = known?.capabilities ?? [];
  const changes = [
    setKey(entry, ['cap_drop'], ['ALL']),
    ...(needed.length > 0
      ? [
          setKey(
            entry,
            ['cap_add'],
            needed,
            `What the entry point of ${known?.system} needs before it gives up root.`,
          ),
        ]
      : []),
  ];
  const but =
    needed.length > 0 ? ` but the ${needed.length} that ${known?.system} starts with` : '';
  return [{ path, changes, text: `${name}: every capability is dropped${but}.` }];
}

/** Only where an image is known to write nothing but its data, and that lies in a volume. */
function readOnly(entry: ComposeEntry): readonly Proposed[] {
  const { name, value, known } = entry;
  if (value.read_only !== undefined) return [];
  const path = ['services', name];
  const mounted = list(value.volumes).map((one) =>
    typeof one === 'string' ? (one.split(':')[1] ?? '') : String(mapping(one).target ?? ''),
  );
  const keeps = known?.data === null || (known !== null && mounted.includes(known.data));
  if (!known?.writes || !keeps) {
    return [
      {
        path,
        changes: [],
        text: 'its root file system is writable, since the facts do not show all that it writes (read_only: true, and tmpfs for what it misses)',
      },
    ];
  }
  const folders = value.tmpfs === undefined ? known.writes : [];
  const changes = [
    setKey(entry, ['read_only'], true),
    ...(folders.length > 0 ? [setKey(entry, ['tmpfs'], folders)] : []),
  ];
  return [
    {
      path,
      changes,
      text: `${name}: its root file system is read-only; ${known.system} writes its data alone.`,
    },
  ];
}
