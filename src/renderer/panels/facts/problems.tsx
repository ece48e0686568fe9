import { IconFileAlert } from '@tabler/icons-react';
import type { Ignored } from '#shared/scan.ts';
import { plural } from '../../model/format.ts';
import classes from './unknowns.module.css';

/** Files that are named; the list of what was passed over has all. */
const maxNamed = 50;

/** What the scan could not read or understand, and what to do: facts may be missing for want of it. */
export function Problems({ ignored }: { readonly ignored: readonly Ignored[] }) {
  const problems = ignored.filter((one) => one.problem);
  if (problems.length === 0) return null;
  const rest = problems.length - maxNamed;
  return (
    <section className={`${classes.unknowns} ${classes.problems}`} aria-label="Could not be read">
      <h4>
        <IconFileAlert size={15} aria-hidden /> {plural(problems.length, 'path')} could not be read
        or understood; facts may be missing
      </h4>
      <dl>
        {problems.slice(0, maxNamed).map((one) => (
          <div key={`${one.path}\n${one.reason}`}>
            <dt className="mono">{one.path}</dt>
            <dd>{one.reason}</dd>
          </div>
        ))}
      </dl>
      {rest > 0 && <p>{plural(rest, 'more path')}; “Passed over” lists all.</p>}
    </section>
  );
}
