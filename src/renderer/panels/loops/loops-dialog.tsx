import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Dialog } from '../../components/dialog.tsx';

const LoopList = lazy(() => import('./loop-list.tsx'));

/** The seven loops over the page; the list is loaded when it is first opened. */
export function LoopsDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Loops" width={720} {...props}>
      <Suspense fallback={<Skeleton height={320} radius="md" />}>
        <LoopList />
      </Suspense>
    </Dialog>
  );
}
