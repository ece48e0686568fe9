/** What a line of a unified diff is. */
export type DiffLine = {
  readonly kind: 'added' | 'removed' | 'hunk' | 'same';
  readonly text: string;
  readonly number: number;
};

/** The lines of a unified diff, each with its kind and its 1-based number in the diff. */
export function diffLines(diff: string): readonly DiffLine[] {
  return diff.split('\n').map((text, index) => ({ kind: kindOf(text), text, number: index + 1 }));
}

function kindOf(text: string): DiffLine['kind'] {
  if (text.startsWith('@@') || text.startsWith('---') || text.startsWith('+++')) return 'hunk';
  if (text.startsWith('+')) return 'added';
  if (text.startsWith('-')) return 'removed';
  return 'same';
}
