import { Skeleton } from '@mantine/core';
import type { LoopView } from '#shared/loops.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useLoopHistory } from '../../hooks/use-loops.ts';
import { CycleItem } from './cycle-item.tsx';
import classes from './loops.module.css';

/** The cycles of a loop before its last one. */
export function CycleList({ view, now }: { readonly view: LoopView; readonly now: number }) {
  const { data, error, refetch } = useLoopHistory(view.loop, true);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={40} radius="md" />;
  const earlier = data.filter(({ id }) => id !== view.last?.id);
  if (earlier.length === 0) return <p className={classes.what}>There are none.</p>;
  return earlier.map((cycle) => (
    <CycleItem key={cycle.id} cycle={cycle} reverts={view.reverts} now={now} />
  ));
}
