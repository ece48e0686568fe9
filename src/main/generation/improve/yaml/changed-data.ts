import type { YamlChange } from './changes.ts';

type Held = Record<string | number, unknown> | unknown[];

/** The plain data of documents after changes: what a text that was edited must give. */
export function changedData(
  documents: readonly unknown[],
  changes: readonly YamlChange[],
): readonly unknown[] {
  // Aliases share objects; here each place is its own, so that a change shows where it was meant alone.
  const data = JSON.parse(JSON.stringify(documents)) as unknown[];
  for (const change of changes) {
    const path = [change.document, ...change.path];
    const last = path.pop() as string | number;
    let at = data as Held;
    for (const step of path) at = child(at, step);
    const held = at as Record<string | number, unknown>;
    if (change.type === 'remove') delete held[last];
    else if (change.type === 'set') held[last] = structuredClone(change.value);
    else if (change.type === 'prepend') held[last] = [change.value, ...(held[last] as unknown[])];
    else held[last] = [...((held[last] as unknown[] | null) ?? []), change.value];
  }
  return data;
}

function child(held: Held, step: string | number): Held {
  const at = held as Record<string | number, unknown>;
  const next = at[step];
  if (typeof next === 'object' && next !== null) return next as Held;
  const made: Held = {};
  at[step] = made;
  return made;
}
