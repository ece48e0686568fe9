import { Change, presentableDiff } from '@codemirror/merge';
import { diffArrays } from 'diff';

/** Longest that lines are compared, and that the characters of one changed place are, in ms. */
const linesMs = 15;
const placeMs = 4;

/**
 * What differs between two texts, as offsets: first by whole lines, then by characters within the
 * places where lines stand for others. By characters alone dozens of like blocks, such as services of
 * a Compose file, take a quarter of a second. Texts that are too different are one change.
 */
export function textDiff(a: string, b: string): readonly Change[] {
  const parts = diffArrays(linesOf(a), linesOf(b), { timeout: linesMs });
  if (!parts) return [new Change(0, a.length, 0, b.length)];
  const changes: Change[] = [];
  let [fromA, fromB, toA, toB] = [0, 0, 0, 0];
  const end = (): void => {
    if (toA > fromA || toB > fromB) changes.push(...within(a, b, { fromA, toA, fromB, toB }));
  };
  for (const { value, added, removed } of parts) {
    const length = value.reduce((sum, line) => sum + line.length, 0);
    if (added) toB += length;
    else if (removed) toA += length;
    else {
      end();
      [fromA, fromB] = [toA + length, toB + length];
      [toA, toB] = [fromA, fromB];
    }
  }
  end();
  return changes;
}

type Place = Pick<Change, 'fromA' | 'toA' | 'fromB' | 'toB'>;

function within(a: string, b: string, { fromA, toA, fromB, toB }: Place): readonly Change[] {
  if (fromA === toA || fromB === toB) return [new Change(fromA, toA, fromB, toB)];
  const found = presentableDiff(a.slice(fromA, toA), b.slice(fromB, toB), { timeout: placeMs });
  return found.map(
    (one) => new Change(fromA + one.fromA, fromA + one.toA, fromB + one.fromB, fromB + one.toB),
  );
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
