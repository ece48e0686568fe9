import type { FigureCell } from '../../model/figure-cells.ts';

/** Numbers and the words between them; each number carries its name and its raw value. */
export function FigureText({ parts }: Pick<FigureCell, 'parts'>) {
  return parts.map((part, at) =>
    typeof part === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: separators are alike and never move.
      <span key={at}>{part}</span>
    ) : (
      <span key={part.name} data-figure={part.name} data-value={part.value ?? ''}>
        {part.text}
      </span>
    ),
  );
}
