import {
  IconAlertCircleFilled,
  IconBan,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleXFilled,
  IconFileCheck,
  IconLoader2,
  IconPlayerPauseFilled,
} from '@tabler/icons-react';
import type { JobState, ProposalState, RunState } from '#shared/run.ts';
import classes from './components.module.css';

type State = JobState | RunState | ProposalState;

const looks: Readonly<Record<State, readonly [typeof IconCircle, string]>> = {
  pending: [IconCircleDashed, 'dim'],
  scanning: [IconLoader2, 'busy'],
  running: [IconLoader2, 'busy'],
  paused: [IconPlayerPauseFilled, 'dim'],
  completed: [IconCircleCheckFilled, 'ok'],
  failed: [IconAlertCircleFilled, 'bad'],
  cancelled: [IconBan, 'dim'],
  open: [IconCircle, 'dim'],
  accepted: [IconCircleCheckFilled, 'accent'],
  rejected: [IconCircleXFilled, 'dim'],
  applied: [IconFileCheck, 'ok'],
  unchanged: [IconCircleMinus, 'dim'],
};

/** How a state is called on screen. */
export const stateNames: Readonly<Record<State, string>> = {
  pending: 'Waiting',
  scanning: 'Scanning',
  running: 'Running',
  paused: 'Paused',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  open: 'To review',
  accepted: 'Accepted',
  rejected: 'Rejected',
  applied: 'Written',
  unchanged: 'Up to date',
};

/** A state as an icon, with its name for screen readers; `text` shows the name too. */
export function StateDot({
  state,
  text = false,
}: {
  readonly state: State;
  readonly text?: boolean;
}) {
  const [Icon, tone] = looks[state];
  return (
    <span className={classes.state} data-tone={tone} title={stateNames[state]}>
      {text ? (
        <Icon size={14} aria-hidden />
      ) : (
        <Icon size={14} role="img" aria-label={stateNames[state]} />
      )}
      {text && stateNames[state]}
    </span>
  );
}
