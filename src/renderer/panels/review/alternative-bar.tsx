import { Button } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import type { Alternative } from '../../model/alternative.ts';
import classes from './review.module.css';

type Props = {
  readonly alternative: Alternative | null;
  readonly busy: boolean;
  readonly onSwap: () => void;
};

/** Offers the other file that there is for a proposal, with the reason. */
export function AlternativeBar({ alternative, busy, onSwap }: Props) {
  if (alternative === null) return null;
  return (
    <section className={classes.alternative} aria-label="Another file for this path">
      <span>{alternative.why}</span>
      <Button
        size="compact-xs"
        variant="default"
        loading={busy}
        leftSection={<IconArrowsExchange size={13} aria-hidden />}
        onClick={onSwap}
      >
        {alternative.take}
      </Button>
    </section>
  );
}
