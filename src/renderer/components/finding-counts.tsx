import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { plural } from '../model/format.ts';
import classes from './components.module.css';

/** Numbers of errors and warnings; nothing where there are none. */
export function FindingCounts(props: { readonly errors: number; readonly warnings: number }) {
  const { errors, warnings } = props;
  return (
    <span className={classes.counts}>
      {errors > 0 && (
        <span data-tone="bad" title={plural(errors, 'error')}>
          <IconAlertCircle size={13} role="img" aria-label="Errors:" />
          {errors}
        </span>
      )}
      {warnings > 0 && (
        <span data-tone="warn" title={plural(warnings, 'warning')}>
          <IconAlertTriangle size={13} role="img" aria-label="Warnings:" />
          {warnings}
        </span>
      )}
    </span>
  );
}
