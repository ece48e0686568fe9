import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useEditProposal } from '../../hooks/use-proposals.ts';

/** Typing rests this long (ms) before it is sent. */
const rest = 450;

/**
 * Sends what is typed once typing rests; `flush` sends it now and waits, for whoever depends on it. An
 * answer comes when all files of the run were compared with the edit, which may take seconds: what is
 * typed meanwhile goes in one piece after it.
 */
export function useDraft() {
  const { mutateAsync, isPending } = useEditProposal();
  /** The latest text of each file that is not sent yet. */
  const waiting = useRef(new Map<string, string>());
  const sending = useRef<Promise<void>>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    // One after the other: an older text must not arrive after a newer one.
    const sendAll = async () => {
      for (let [next] = waiting.current; next; [next] = waiting.current) {
        const [id, content] = next;
        waiting.current.delete(id);
        await mutateAsync({ id, content }).catch(() => {});
      }
    };
    sending.current ??= sendAll().finally(() => {
      sending.current = null;
    });
    await sending.current;
  }, [mutateAsync]);

  const change = useCallback(
    (id: string, content: string) => {
      if (waiting.current.size > 0 && !waiting.current.has(id)) void flush();
      waiting.current.set(id, content);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), rest);
    },
    [flush],
  );

  useEffect(() => () => void flush(), [flush]);
  return useMemo(() => ({ change, flush, saving: isPending }), [change, flush, isPending]);
}
