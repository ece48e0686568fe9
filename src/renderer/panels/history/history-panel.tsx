import { SegmentedControl, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Blank } from '../../components/blank.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCheckpoints } from '../../hooks/use-checkpoints.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { PanelSkeleton } from '../../shell/panel-skeleton.tsx';
import { CheckpointCard } from './checkpoint-card.tsx';
import classes from './history.module.css';

/** Cards that are drawn at most, so that years of writes do not slow the panel. */
const most = 200;

/** Every write that Omega made, and the way back. */
export function HistoryPanel() {
  const { data, error, refetch } = useCheckpoints();
  const { root } = useWorkbench().state;
  const [scope, setScope] = useState('all');
  if (error) {
    return (
      <div className={classes.page}>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) return <PanelSkeleton label="Loading the history" />;
  if (data.length === 0) {
    return (
      <Blank
        icon={<IconHistory />}
        title="Nothing written yet"
        text="Each write that you confirm in Review is kept here, with what was there before, so that it can be undone."
      />
    );
  }
  const shown = data.filter((one) => scope === 'all' || one.root === root).slice(0, most);
  return (
    <div className={classes.scroll}>
      <div className={classes.page}>
        <header className={classes.header}>
          <Title order={2} fz={20}>
            History
          </Title>
          <SegmentedControl
            size="xs"
            aria-label="Projects shown"
            value={scope}
            onChange={setScope}
            data={[
              { value: 'all', label: 'All projects' },
              { value: 'one', label: 'This project' },
            ]}
          />
        </header>
        {shown.map((checkpoint) => (
          <CheckpointCard key={checkpoint.id} checkpoint={checkpoint} />
        ))}
        {shown.length === 0 && <p className={classes.dim}>Nothing was written to this project.</p>}
      </div>
    </div>
  );
}
