/**
 * The mean over the first `length` tokens of one row, scaled to length 1, written into `target`.
 * `hidden` holds `tokens × target.length` numbers for each row.
 */
export function poolTokens(
  hidden: Float32Array,
  row: number,
  tokens: number,
  length: number,
  target: Float32Array,
): void {
  const width = target.length;
  const sums = new Float64Array(width);
  for (let token = 0; token < length; token += 1) {
    const at = (row * tokens + token) * width;
    for (let i = 0; i < width; i += 1) sums[i] = (sums[i] ?? 0) + (hidden[at + i] ?? 0);
  }
  let square = 0;
  for (const sum of sums) square += sum * sum;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let i = 0; i < width; i += 1) target[i] = (sums[i] ?? 0) * scale;
}
