import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { plural } from '../model/format.ts';
import { countUndone } from '../model/outcomes.ts';
import { toastDone, toastError, toastNote } from './toasts.ts';

/** Every write that Omega made, newest first. */
export function useCheckpoints() {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.checkpoints,
    queryFn: () => callRoute(bridge, 'checkpoint.list', {}),
    staleTime: 0,
    select: (list) => list.toSorted((a, b) => b.createdAt - a.createdAt),
  });
  return query;
}

/** Puts back what was there before a write. Files that changed since are refused, never lost. */
export function useUndo() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callRoute(bridge, 'checkpoint.undo', { id }),
    onSuccess: (report) => {
      const { undone, refused } = countUndone(report);
      if (refused === 0) toastDone('Undone', `${plural(undone, 'file')} put back as before.`);
      else {
        toastNote(
          `${plural(refused, 'file')} left alone`,
          'Changed since Omega wrote them. The report shows how they differ.',
        );
      }
    },
    onError: toastError,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.checkpoints });
      void client.invalidateQueries({ queryKey: ['proposals'] });
      void client.invalidateQueries({ queryKey: ['proposal'] });
    },
  });
}
