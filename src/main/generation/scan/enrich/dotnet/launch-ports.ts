import type { Draft } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';

/** Profiles of one file that are looked at. */
const maxProfiles = 50;

/**
 * Which project listens on which port of the developer's machine, by `launchSettings.json`: settings
 * that name such an address mean that project. Ports that two projects share are left out.
 */
export async function launchPorts(
  tree: ProjectTree,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<number, Draft>> {
  const found = new Map<number, Draft | null>();
  for (const draft of drafts) {
    const file = inFolder(draft.path, 'Properties/launchSettings.json');
    if (!tree.has(file)) continue;
    const settings = await readJson(tree, file);
    const profiles = Object.values(table(at(settings, 'profiles'))).slice(0, maxProfiles);
    const urls = profiles.map((profile) => text(at(profile, 'applicationUrl')) ?? '');
    const express = at(settings, 'iisSettings', 'iisExpress');
    const ports = [
      ...[...urls, text(at(express, 'applicationUrl')) ?? ''].flatMap(portsOf),
      Number(text(at(express, 'sslPort')) ?? 0),
    ];
    for (const port of new Set(ports)) {
      if (port > 0) found.set(port, found.has(port) && found.get(port) !== draft ? null : draft);
    }
  }
  return new Map([...found].filter((entry): entry is [number, Draft] => entry[1] !== null));
}

function portsOf(urls: string): readonly number[] {
  return [...urls.slice(0, 1_000).matchAll(/https?:\/\/[^;/]*:(\d{2,5})/g)].map(([, port]) =>
    Number(port),
  );
}
