import { Skeleton } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useLoops } from '../../hooks/use-loops.ts';
import { useNow } from '../../hooks/use-now.ts';
import { SidebarSetting } from '../../sidebar/sidebar-setting.tsx';
import { LoopCard } from './loop-card.tsx';
import classes from './loops.module.css';

/** The seven loops: how each is and why, what its last cycles found and changed, and its switch. */
export default function LoopList() {
  const { data, error, refetch } = useLoops(true);
  const now = useNow(true, 1_000);
  return (
    <div className={classes.body}>
      <p className={classes.lead}>
        By these Omega looks after itself. What changes your files or costs money is only proposed;
        what a loop changed inside Omega can be taken back.
      </p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} radius="md" />}
      {data && (
        <ul className={classes.loops} aria-label="Loops">
          {data.map((view) => (
            <LoopCard key={view.loop} view={view} now={now} />
          ))}
        </ul>
      )}
      <SidebarSetting
        setting="loops.slowOnWeakMachines"
        label="The three slowest on battery and with little memory too"
      />
    </div>
  );
}
