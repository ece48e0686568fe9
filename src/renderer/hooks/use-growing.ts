import { useEffect, useState } from 'react';

/**
 * How many of a list to draw, up to `count`: `step` at first and as many more in each later task, so
 * that a long list that is drawn whole does not hold the page.
 */
export function useGrowing(count: number, step: number): number {
  const [drawn, setDrawn] = useState(step);
  useEffect(() => {
    if (drawn >= count) return;
    const timer = setTimeout(() => setDrawn(drawn + step));
    return () => clearTimeout(timer);
  }, [drawn, count, step]);
  return Math.min(drawn, count);
}
