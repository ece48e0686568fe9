import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Dialog } from '../../components/dialog.tsx';

const TuningPanel = lazy(() => import('./tuning-panel.tsx'));

/** What was tuned, and the way to tune more, over the page; loaded when it is first opened. */
export function TuningDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Tuning" width={760} {...props}>
      <Suspense fallback={<Skeleton height={320} radius="md" />}>
        <TuningPanel />
      </Suspense>
    </Dialog>
  );
}
