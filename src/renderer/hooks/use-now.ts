import { useEffect, useState } from 'react';

/** The time (epoch ms), renewed every `every` ms while `on`; stands still otherwise. */
export function useNow(on: boolean, every = 250): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [on, every]);
  return now;
}
