import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { plural } from '../model/format.ts';
import classes from './sidebar-setting.module.css';

const UsageDialog = lazy(() => import('../panels/usage/usage-dialog.tsx'));

/** What services were measured to take: requests and limits of the next runs follow it. */
export function UsageChoice() {
  const [open, setOpen] = useState(false);
  const { usage } = useWorkbench().state;
  const count = usage ? Object.keys(usage).length : 0;
  return (
    <div className={classes.setting}>
      <span className={classes.label}>Measured use</span>
      <Button
        variant="default"
        size="compact-xs"
        title="Figures of CPU and memory from which requests and limits are taken"
        onClick={() => setOpen(true)}
      >
        {usage ? plural(count, 'name') : 'Paste…'}
      </Button>
      {open && (
        <Suspense>
          <UsageDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
