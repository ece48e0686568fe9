import { Code } from '@mantine/core';
import type { Run } from '#shared/run.ts';
import { errorTitle } from '../../model/error-advice.ts';
import { plural } from '../../model/format.ts';
import classes from './run.module.css';

/** Projects that could not be scanned, each with its reason. */
export function RunFailures({ failures }: { readonly failures: Run['failures'] }) {
  if (failures.length === 0) return null;
  return (
    <section className={classes.failures} aria-label="Projects that failed">
      <h3>{plural(failures.length, 'project')} could not be scanned</h3>
      <ul>
        {failures.map((failure) => (
          <li key={failure.root}>
            <span className="mono">{failure.root}</span>
            <span>
              {errorTitle(failure.error.code)} <Code fz={11}>{failure.error.code}</Code>{' '}
              {failure.error.message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
