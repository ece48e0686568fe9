import { Button, Progress } from '@mantine/core';
import type { Intelligence } from '#shared/intelligence.ts';
import { useCancelTuning, useSearched } from '../../hooks/use-tuning.ts';
import { domainTexts } from '../../model/tuning-names.ts';
import { progressOf } from '../../model/tuning-progress.ts';
import classes from './tuning.module.css';

/** A search that goes on: how far it is, the best so far, and the way to end it. */
export function SearchGoing({ one, now }: { readonly one: Intelligence; readonly now: number }) {
  const cancel = useCancelTuning(one.id);
  const { share, text } = progressOf(one, useSearched(), now);
  const name = domainTexts[one.spec.domain].name;
  return (
    <section className={classes.going} aria-label={`${name} is measured`}>
      <div className={classes.head}>
        <h3 className={classes.name}>{name}</h3>
        <span className={`num ${classes.due}`}>{text}</span>
        <Button
          variant="default"
          size="compact-xs"
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          Cancel
        </Button>
      </div>
      <Progress value={share * 100} size="sm" aria-label="Budget used" />
      <p className={classes.what}>
        The last third of it compares the best with what is in force. Other work on this machine
        blurs what is measured; closing this page ends it, closing this dialog does not.
      </p>
    </section>
  );
}
