import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import classes from './loops.module.css';

/** Opens what a cycle wrote for a person to read. It is shown as text: it quotes files of strangers. */
export function ReportButton({ report }: { readonly report: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        className={classes.report}
        variant="default"
        size="compact-xs"
        onClick={() => setOpened(true)}
      >
        Read the report
      </Button>
      <Dialog
        title="What your projects have in common"
        width={760}
        opened={opened}
        onClose={() => setOpened(false)}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <pre className={`mono ${classes.reportText}`} tabIndex={0}>
          {report}
        </pre>
      </Dialog>
    </>
  );
}
