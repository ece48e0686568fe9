import { EmptyState } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './components.module.css';

/** What a panel shows while there is nothing in it: what it is for, and the way to fill it. */
export function Blank(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes.blank}>
      <EmptyState
        icon={props.icon}
        title={props.title}
        description={props.text}
        size="sm"
        maw={420}
        withIndicatorBackground
      >
        {props.children && <EmptyState.Actions>{props.children}</EmptyState.Actions>}
      </EmptyState>
    </div>
  );
}
