import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useEditProposal } from '../../hooks/use-proposals.ts';

/** Typing rests this long (ms) before it is sent. */
const rest = 450;

/** Sends what is typed once typing rests; `flush` sends it now and waits, for whoever depends on it. */
export function useDraft() {
  const { mutateAsync, isPending } = useEditProposal();
  const waiting = useRef<{ readonly id: string; readonly content: string } | null>(null);
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const next = waiting.current;
    waiting.current = null;
    // One after the other: an older text must not arrive after a newer one.
    if (next) sending.current = sending.current.then(() => mutateAsync(next)).catch(() => {});
    await sending.current;
  }, [mutateAsync]);

  const change = useCallback(
    (id: string, content: string) => {
      if (waiting.current && waiting.current.id !== id) void flush();
      waiting.current = { id, content };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), rest);
    },
    [flush],
  );

  useEffect(() => () => void flush(), [flush]);
  return useMemo(() => ({ change, flush, saving: isPending }), [change, flush, isPending]);
}
