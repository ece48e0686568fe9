import { VisuallyHidden } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import classes from './components.module.css';

/** An icon that stands for its text; the text is read by screen readers and shown on hover. */
export function IconLabel(props: { readonly icon: Icon; readonly text: string }) {
  return (
    <span className={classes.iconLabel} title={props.text}>
      <props.icon size={14} aria-hidden />
      <VisuallyHidden>{props.text}</VisuallyHidden>
    </span>
  );
}
