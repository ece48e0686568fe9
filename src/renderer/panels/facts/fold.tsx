import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './facts.module.css';

/** A titled part that is closed until asked for. */
export function Fold(props: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={classes.fold}>
      <UnstyledButton
        className={classes.foldHead}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        {props.title} <span className="num">{props.count.toLocaleString('en')}</span>
      </UnstyledButton>
      {open && <div id={id}>{props.children}</div>}
    </section>
  );
}
