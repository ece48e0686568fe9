import { basename } from 'node:path';
import { sha256 } from '#main/core/hash.ts';
import { driftKey, driftPlaceText, driftText } from '#main/generation/drift/drift.ts';
import type { PlannedUpdate } from '#main/generation/drift/plan-update.ts';
import type { LoopAction } from '#shared/loops.ts';
import type { Looked } from './look-at-project.ts';

/** Reasons and files that one plan names; more make it no clearer. */
const most = 60;

/** The plan of a project's update, for a person to start; files are never written by a loop. */
export function planAction(root: string, looked: Looked, update: PlannedUpdate): LoopAction {
  const { drifts } = looked;
  const settled = new Set(update.settles);
  const { kinds, services, existing, files } = update;
  const some = services.length > 3 ? `${services.length} services` : services.join(', ');
  const byHand = drifts.length - update.settles.length;
  const description = [
    `Update ${kinds.join(', ')} of ${some} in ${basename(root)}.`,
    ...drifts.slice(0, 3).map(driftText),
    ...(drifts.length > 3 ? [`And ${drifts.length - 3} more.`] : []),
    ...(byHand > 0 ? [`A generation leaves ${byHand} of ${drifts.length} to you.`] : []),
    ...(existing === 'replace' ? ['It writes files anew that you wrote yourself.'] : []),
  ].join(' ');
  return {
    id: `plan-${sha256(JSON.stringify([root, foundKey(looked)])).slice(0, 32)}`,
    kind: 'plan',
    description: description.slice(0, 2_000),
    parameters: {
      ...{ root, kinds: [...kinds], services: [...services], existing },
      files: files
        .slice(0, most)
        .map(({ path, isNew }) => ({ path, is: isNew ? 'new' : 'changed' })),
      reasons: drifts.slice(0, most).map((drift) => ({
        ...{ about: drift.about, service: drift.service, value: drift.value, kind: drift.kind },
        says: driftText(drift),
        evidence: driftPlaceText(drift.evidence),
        lackedBy: drift.lackedBy && driftPlaceText(drift.lackedBy),
        settled: settled.has(drift),
      })),
      settles: `${update.settles.length} of ${drifts.length}`,
    },
    state: 'proposed',
  };
}

/** Names what was found, wherever lines moved to; null where nothing was. */
export function foundKey({ drifts, disagreements }: Looked): string | null {
  if (drifts.length + disagreements.length === 0) return null;
  const parts = [
    ...drifts.map(driftKey),
    // Lines move with what is written above them.
    ...disagreements.map((said) => said.replace(/(?<=:|\bline )\d+/g, '#')),
  ];
  return sha256(parts.toSorted().join('\n')).slice(0, 32);
}
