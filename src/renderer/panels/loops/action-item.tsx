import { Badge } from '@mantine/core';
import { planOf } from '#shared/loop-plan.ts';
import type { LoopAction } from '#shared/loops.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useRevertAction } from '../../hooks/use-loops.ts';
import { changeText } from '../../model/loop-text.ts';
import classes from './loops.module.css';
import { PlanButton } from './plan-button.tsx';

const states: Readonly<Record<LoopAction['state'], readonly [name: string, colour: string]>> = {
  done: ['Done', 'teal'],
  proposed: ['Proposed', 'yellow'],
  reverted: ['Taken back', 'gray'],
};

type Props = {
  readonly cycle: string;
  readonly action: LoopAction;
  readonly reverts: boolean;
};

/** One thing that a cycle did or proposes: what it changed from and to, and the way back. */
export function ActionItem({ cycle, action, reverts }: Props) {
  const revert = useRevertAction();
  const [name, colour] = states[action.state];
  const change = changeText(action);
  const plan = planOf(action);
  return (
    <li className={classes.action}>
      <Badge color={colour}>{name}</Badge>
      <span className={classes.actionText}>
        {action.description}
        {change && (
          <span className={`mono ${classes.change}`}>
            {change[0]} → {change[1]}
          </span>
        )}
      </span>
      {plan && <PlanButton plan={plan} />}
      {reverts && action.state === 'done' && (
        <ConfirmButton
          size="compact-xs"
          label="Take back"
          question={change ? `Set it back to ${change[0]}?` : 'Take back what this did?'}
          yes="Take back"
          loading={revert.isPending}
          onConfirm={() => revert.mutate({ cycle, action: action.id })}
        />
      )}
    </li>
  );
}
