import { Badge } from '@mantine/core';
import { useState } from 'react';
import type { Intelligence } from '#shared/intelligence.ts';
import { formatAgo, formatTime } from '../../model/format.ts';
import { domainTexts, tuningStates } from '../../model/tuning-names.ts';
import { isInForce, verdictOf } from '../../model/tuning-text.ts';
import { ForceButtons } from './force-buttons.tsx';
import { IntelligenceDetails } from './intelligence-details.tsx';
import { SideBySide } from './side-by-side.tsx';
import classes from './tuning.module.css';

/** One tuning: how it ended, what was found beside what was in force, and whether it is in force. */
export function IntelligenceItem({
  one,
  now,
}: {
  readonly one: Intelligence;
  readonly now: number;
}) {
  const [open, setOpen] = useState(false);
  const { state, spec, createdAt, applied, error } = one;
  const [stateName, colour] = tuningStates[state];
  const verdict = verdictOf(one);
  return (
    <li className={classes.item} aria-label={spec.name}>
      <div className={classes.head}>
        <h3 className={classes.name}>{spec.name}</h3>
        <Badge color="gray">{domainTexts[spec.domain].name}</Badge>
        <Badge color={colour}>{stateName}</Badge>
        {isInForce(one) && <Badge color="teal">In force</Badge>}
        <time
          className={classes.due}
          dateTime={new Date(createdAt).toISOString()}
          title={formatTime(createdAt)}
        >
          {formatAgo(createdAt, now)}
        </time>
      </div>
      {verdict && (
        <p className={classes.verdict} data-tone={verdict.tone}>
          {verdict.text}
        </p>
      )}
      {error && state === 'failed' && <p className={classes.error}>{error.message}</p>}
      {applied?.undone && (
        <p className={classes.what}>
          Was in force until {formatTime(applied.undone.at)}: {applied.undone.reason}
        </p>
      )}
      <SideBySide one={one} />
      <ForceButtons one={one} />
      <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Details</summary>
        {open && <IntelligenceDetails one={one} />}
      </details>
    </li>
  );
}
