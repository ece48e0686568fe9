import { editDistance } from '#main/core/edit-distance.ts';

/** Names that are told at once. */
const most = 3;
/** Longest name that is compared; every provider's are far shorter. */
const longest = 200;

/**
 * The models that a name was probably meant to be, the nearest first: those that hold it or that it
 * holds, and those that take edits for less than half of it. Case and what stands before a slash do
 * not count.
 */
export function nearModels(wanted: string, offered: readonly string[]): readonly string[] {
  const name = plain(wanted);
  return offered
    .map((id) => ({ id, edits: edits(name, plain(id)) }))
    .filter(({ edits }) => edits < name.length / 2)
    .sort((one, other) => one.edits - other.edits)
    .slice(0, most)
    .map(({ id }) => id);
}

function plain(model: string): string {
  return model.toLowerCase().slice(0, longest).replace(/^.*\//, '');
}

function edits(wanted: string, offered: string): number {
  const distance = editDistance(wanted, offered, longest);
  const isPart = wanted.length > 2 && (offered.includes(wanted) || wanted.includes(offered));
  return isPart ? Math.min(distance, wanted.length / 2 - 0.5) : distance;
}
