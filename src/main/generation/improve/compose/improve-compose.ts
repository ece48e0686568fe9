import { type Mapping, mapping } from '../../validation/plain.ts';
import type { RunsAs } from '../dockerfile/runs-as.ts';
import { asItIs, type Improvement } from '../improvement.ts';
import { changeYaml } from '../yaml/changes.ts';
import { linesOf } from '../yaml/lines-of.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { hardenService } from './harden.ts';
import { bindPorts, keepRunning } from './run.ts';
import { hideSecrets } from './secrets.ts';
import { type Proposed, readEntry, standsAlone } from './service.ts';

/** An improved Compose file, and the names that `.env` has to give from then on. */
export type ImprovedCompose = Improvement & { readonly asked: readonly string[] };

/**
 * An author's Compose file, hardened by small edits: what could break a service is left, with the
 * reason. `runsAs` tells whom the image of a service that is built runs as, null where nobody knows.
 */
export function improveCompose(
  content: string,
  runsAs: (service: Mapping) => RunsAs | null,
): ImprovedCompose {
  const file = readYamlFile(content);
  const [document] = file?.documents ?? [];
  if (!file || !document || file.documents.length !== 1) return { ...asItIs(content), asked: [] };
  const root = mapping(document.value);
  const services = mapping(root.services);
  const nodes = document.node.get('services');
  const entries = Object.entries(services)
    .slice(0, 2_000)
    .filter(([name]) => standsAlone(nodes, name))
    .map(([name, value]) =>
      readEntry(
        name,
        mapping(value),
        mapping(value).build === undefined ? null : runsAs(mapping(value)),
      ),
    );
  const secrets = hideSecrets(services);
  const proposed: readonly Proposed[] = [
    ...(root.version === undefined ? [] : [obsoleteVersion]),
    ...secrets.proposed,
    ...entries.flatMap((entry) => [
      ...bindPorts(entry),
      ...keepRunning(entry, services),
      ...hardenService(entry),
    ]),
  ];
  const wanted = proposed.flatMap(({ changes }) => changes);
  const { text, made } = changeYaml(file, wanted);
  const isMade = new Set(made);
  const after = readYamlFile(text) ?? file;
  const lineAt = linesOf(after);
  const note = ({ path, text: said }: Proposed) => ({ line: lineAt(0, path), text: said });
  const isDone = ({ changes }: Proposed): boolean =>
    changes.length > 0 && changes.every((one) => isMade.has(one));
  return {
    content: text,
    done: proposed.filter(isDone).map(note),
    left: gathered(proposed.filter((one) => !isDone(one))).map(note),
    asked: secrets.names.filter(
      (name) => text.includes(`\${${name}:?`) && !content.includes(`\${${name}:?`),
    ),
  };
}

/** What is left of one service, in one sentence. */
function gathered(left: readonly Proposed[]): readonly Proposed[] {
  const byService = Map.groupBy(left, ({ path }) => path.slice(0, 2).join('\n'));
  return [...byService.values()].flatMap(([first, ...rest]): readonly Proposed[] => {
    if (!first) return [];
    const path = first.path.slice(0, 2);
    const all = [first, ...rest].map(({ text }) => text).join('; ');
    return [{ path, changes: [], text: `Left as it is in ${String(path.at(-1))}: ${all}.` }];
  });
}

const obsoleteVersion: Proposed = {
  path: ['version'],
  text: 'version is gone: Compose ignores it.',
  changes: [{ type: 'remove', document: 0, path: ['version'] }],
};
