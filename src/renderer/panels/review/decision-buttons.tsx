import { Button, Group, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import type { ProposalState } from '#shared/run.ts';
import { StateDot } from '../../components/state-dot.tsx';
import type { Decision } from './use-review.ts';

type Props = {
  readonly state: ProposalState;
  readonly onDecide: (decision: Decision) => void;
};

/** Accept and Reject for a file that is open; otherwise what was decided, and the way back. */
export function DecisionButtons({ state, onDecide }: Props) {
  if (state === 'applied' || state === 'unchanged') return <StateDot state={state} text />;
  return (
    <Group gap={6} wrap="nowrap">
      {state !== 'open' && (
        <>
          <StateDot state={state} text />
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={() => onDecide('open')}
          >
            Reopen
          </Button>
        </>
      )}
      {state !== 'rejected' && (
        <Tooltip label="Reject (r)">
          <Button
            variant="default"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={() => onDecide('rejected')}
          >
            Reject
          </Button>
        </Tooltip>
      )}
      {state !== 'accepted' && (
        <Tooltip label="Accept (a)">
          <Button
            variant="light"
            leftSection={<IconCheck size={14} aria-hidden />}
            onClick={() => onDecide('accepted')}
          >
            Accept
          </Button>
        </Tooltip>
      )}
    </Group>
  );
}
