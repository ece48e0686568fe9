import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useCallback, useRef, useState } from 'react';
import { reveal, windowRows } from '../model/window-rows.ts';

/**
 * Draws only the rows of a long list that are seen. Rows are all `rowHeight` pixels high; `head` is the
 * height of what stays above them in the same box.
 */
export function useRowWindow(count: number, rowHeight: number, head = 0) {
  const [scrollTop, setScrollTop] = useState(0);
  const { ref: sizeRef, height } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(sizeRef, element);
  const { first, end } = windowRows(count, rowHeight, scrollTop, height || 600);
  const show = useCallback(
    (index: number) => {
      const box = element.current;
      if (!box || index < 0) return;
      box.scrollTop = reveal(index, rowHeight, box.scrollTop, box.clientHeight - head);
    },
    [rowHeight, head],
  );
  return {
    ref,
    onScroll: (event: React.UIEvent<HTMLElement>) => setScrollTop(event.currentTarget.scrollTop),
    first,
    end,
    above: first * rowHeight,
    below: (count - end) * rowHeight,
    show,
  };
}
