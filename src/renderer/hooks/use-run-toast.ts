import { useEffect, useRef } from 'react';
import { plural } from '../model/format.ts';
import { isActive, progressOf } from '../model/run-progress.ts';
import { toastDone, toastNote } from './toasts.ts';
import { useCurrentRun } from './use-runs.ts';
import { useWorkbench } from './workbench-provider.tsx';

const pausedText = 'The Run tab has the way to go on.';

/** Says that the run has ended, or stands still, to someone who looks at another panel. */
export function useRunToast(): void {
  const run = useCurrentRun().run.data;
  const watching = useWorkbench().state.tab === 'run';
  const going = useRef<string | null>(null);
  useEffect(() => {
    if (!run) return;
    if (isActive(run)) {
      going.current = run.id;
      return;
    }
    if (run.state === 'paused') {
      if (going.current === run.id && !watching) toastNote('Run paused', run.paused ?? pausedText);
      going.current = null;
      return;
    }
    const ended = going.current === run.id;
    going.current = null;
    if (!ended || watching) return;
    const { files, counts } = progressOf(run);
    const failed = counts.failed + run.failures.length;
    if (run.state === 'cancelled') toastNote('Run cancelled', `${plural(files, 'file')} kept.`);
    else if (failed > 0) toastNote(`${failed} failed`, 'The Run tab says what and why.');
    else toastDone('Run finished', `${plural(files, 'file')} to review.`);
  }, [run, watching]);
}
