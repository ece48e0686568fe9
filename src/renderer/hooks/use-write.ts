import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { plural } from '../model/format.ts';
import { countOutcomes } from '../model/outcomes.ts';
import { toastDone, toastNote } from './toasts.ts';

/** What a write would do, asked anew each time that the dialog opens. */
export function useDryRun(runId: string, overwrite: boolean, open: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.dryRun(runId, overwrite),
    queryFn: () => callRoute(bridge, 'proposal.apply', { runId, dryRun: true, overwrite }),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Writes every accepted proposal of a run; the caller shows its error. */
export function useWrite(runId: string) {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (overwrite: boolean) => callRoute(bridge, 'proposal.apply', { runId, overwrite }),
    onSuccess: (reports) => {
      const { written, refused } = countOutcomes(reports);
      const text = plural(written, 'file');
      if (refused > 0) {
        toastNote(`${text} written, ${refused} refused`, 'The report says why for each file.');
      } else toastDone(`${text} written`, 'Undo is in the report and in History.');
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.proposals(runId) });
      void client.invalidateQueries({ queryKey: keys.texts(runId) });
      void client.invalidateQueries({ queryKey: keys.checkpoints });
      void client.invalidateQueries({ queryKey: ['scan'], refetchType: 'none' });
    },
  });
}
