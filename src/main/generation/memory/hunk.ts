import { z } from 'zod';

/** Bounds of an edit that is remembered: characters and lines in all, and separate changes. */
export const editBounds = { characters: 20_000, lines: 1_000, hunks: 60 } as const;

const oneLine = z
  .string()
  .max(editBounds.characters)
  .refine((text) => !/[\n\r\0]/.test(text), 'must be one line');

const hunkSchema = z.object({
  /** The 1-based line of the blueprint's own text that its first line is. */
  at: z.int().min(1).max(1_000_000),
  lines: z
    .array(
      z.object({
        op: z.enum([' ', '-', '+']),
        text: oneLine,
        /** Of a line that was there: the same for any service; null where that is the text itself. */
        like: oneLine.nullable(),
      }),
    )
    .min(1)
    .max(editBounds.lines),
  /** Words that another service must have as well, or it is none of its business. */
  needs: z.array(z.string().max(200)).max(2_000),
});

/** One change of an edit with the unchanged lines around it, as it is remembered. */
export type Hunk = z.infer<typeof hunkSchema>;

/** The changes of an edit from top to bottom, within {@link editBounds}. */
export const hunksSchema = z
  .array(hunkSchema)
  .min(1)
  .max(editBounds.hunks)
  .refine((hunks) => sizeOf(hunks) <= editBounds.characters, 'must not be larger')
  .refine((hunks) => lineCount(hunks) <= editBounds.lines, 'must not have more lines');

/** The characters of all lines. */
export function sizeOf(hunks: readonly Hunk[]): number {
  return hunks
    .flatMap(({ lines }) => lines)
    .reduce((sum, { text, like }) => {
      return sum + text.length + (like?.length ?? 0) + 1;
    }, 0);
}

/** How many lines there are in all. */
export function lineCount(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, { lines }) => sum + lines.length, 0);
}
