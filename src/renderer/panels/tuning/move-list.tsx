import type { Intelligence } from '#shared/intelligence.ts';
import { movedIn } from '../../model/measured-text.ts';
import classes from './tuning.module.css';

/** What an application moved, setting by setting; before one, in what the two points differ. */
export function MoveList({ one: { applied, best, before } }: { readonly one: Intelligence }) {
  if (!best) return null;
  const rows = applied
    ? applied.moves.map(({ setting, ...move }) => ({
        name: setting,
        before: textOf(move.before),
        after: textOf(move.after),
      }))
    : movedIn(before, best);
  const moved = rows.filter((row) => row.before !== row.after);
  if (moved.length === 0) return <p className={classes.what}>It is what was in force.</p>;
  return (
    <ul className={classes.moves} aria-label={applied ? 'Settings moved' : 'Settings found'}>
      {moved.map((row) => (
        <li key={row.name} className="mono">
          {row.name}: {row.before ?? '–'} → {row.after ?? '–'}
        </li>
      ))}
    </ul>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
