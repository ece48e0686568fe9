import { Button } from '@mantine/core';
import type { LoopPlan } from '#shared/loop-plan.ts';
import { useActiveRunId, useStartPlan } from '../../hooks/use-runs.ts';

/** Starts what a loop planned as a run; its files are proposed like any other's. */
export function PlanButton({ plan }: { readonly plan: LoopPlan }) {
  const { start, ready } = useStartPlan();
  const active = useActiveRunId();
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={!ready || active !== null || start.isSuccess}
      loading={start.isPending}
      onClick={() => start.mutate(plan)}
    >
      {start.isSuccess ? 'Started' : 'Generate'}
    </Button>
  );
}
