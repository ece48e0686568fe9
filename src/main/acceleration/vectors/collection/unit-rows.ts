import { OmegaError } from '#shared/error.ts';

/**
 * Copies vectors, row after row, scaled to length 1; a vector of zeros stays, and is like nothing.
 * Throws `INVALID_INPUT` for a length that is no multiple of `dimensions`, or a number that is not
 * finite: one such number would spoil every comparison with it.
 */
export function unitRows(rows: Float32Array, dimensions: number): Float32Array<ArrayBuffer> {
  if (rows.length % dimensions !== 0) {
    const message = `Vectors of this collection have ${dimensions} numbers each; ${rows.length} cannot be split so.`;
    throw new OmegaError('INVALID_INPUT', message);
  }
  const unit = new Float32Array(rows);
  for (let start = 0; start < unit.length; start += dimensions) {
    scaleToUnit(unit.subarray(start, start + dimensions), start / dimensions);
  }
  return unit;
}

function scaleToUnit(row: Float32Array, position: number): void {
  let sum = 0;
  for (const value of row) sum += value * value;
  if (!Number.isFinite(sum)) {
    const message = `The vector at position ${position} holds a number that is not finite, or too large; embed its text again.`;
    throw new OmegaError('INVALID_INPUT', message, { details: { position } });
  }
  if (sum === 0) return;
  const scale = 1 / Math.sqrt(sum);
  for (let at = 0; at < row.length; at += 1) row[at] = (row[at] ?? 0) * scale;
}
