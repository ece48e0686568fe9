import { Button } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import type { CallFigures } from '#shared/calls.ts';
import { useChangeConfig } from '../../hooks/use-config.ts';
import { toErrorData } from '../../model/error-advice.ts';
import { slowAdvice } from '../../model/slow-reasons.ts';
import classes from './calls.module.css';

type Props = { readonly figures: CallFigures | undefined; readonly error: Error | null };

/** Why it is slow and what to do, on one line whose place is kept; a button does what a setting can. */
export function SlowLine({ figures, error }: Props) {
  const change = useChangeConfig();
  const advice = figures ? slowAdvice(figures) : [];
  return (
    <div className={classes.slow} data-slow={advice.map(({ reason }) => reason).join(' ')}>
      {error && (
        <span className={classes.bad}>The figures are not there: {toErrorData(error).message}</span>
      )}
      {!error && advice.length === 0 && <span>{idleText(figures)}</span>}
      {advice.length > 0 && (
        <ul aria-label="Why it is slow">
          {advice.map(({ reason, what, todo, fix }) => (
            <li key={reason} title={`${what}: ${todo}.`}>
              <IconHourglass size={13} aria-hidden />
              <span className="clip">
                {what}: {todo}
              </span>
              {fix && (
                <Button
                  size="compact-xs"
                  variant="light"
                  color="yellow"
                  aria-label={`${fix.label} (${reason})`}
                  onClick={() => change(fix.change)}
                >
                  {fix.label}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function idleText(figures: CallFigures | undefined): string {
  if (!figures) return 'Asking for the figures…';
  if (figures.inFlight + figures.queued > 0) return 'Nothing slows it down.';
  return figures.calls + figures.cacheHits > 0
    ? 'No call is under way.'
    : 'No model was asked yet since the app started.';
}
