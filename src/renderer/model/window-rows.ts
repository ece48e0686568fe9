/** Which rows of a long list to draw: indices from `first` up to, not with, `end`. */
export type RowWindow = { readonly first: number; readonly end: number };

/** The rows that a viewport shows, and `margin` more on each side. All lengths are pixels. */
export function windowRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
  margin = 12,
): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
  const end = Math.min(count, Math.ceil((scrollTop + viewport) / rowHeight) + margin);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that row `index` is seen whole; `scrollTop` itself where it is. */
export function reveal(
  index: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewport) return top + rowHeight - viewport;
  return scrollTop;
}
