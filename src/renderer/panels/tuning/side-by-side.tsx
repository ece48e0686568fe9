import type { Intelligence } from '#shared/intelligence.ts';
import { percent, pointText, scoreText } from '../../model/measured-text.ts';
import { intervalsOf } from '../../model/tuning-progress.ts';
import classes from './tuning.module.css';

/** What was in force and what was found on one scale, with their 95 % intervals. */
export function SideBySide({ one: { best, before, unit } }: { readonly one: Intelligence }) {
  const both = [
    ['Was in force', before],
    ['Found', best],
  ] as const;
  const shown = both.flatMap(([name, measured]) => (measured ? [{ name, measured }] : []));
  if (shown.length === 0) return null;
  const intervals = intervalsOf(shown.map(({ measured }) => measured));
  return (
    <dl className={classes.beside}>
      {shown.map(({ name, measured }, at) => (
        <div key={name} className={classes.side} data-side={name}>
          <dt>{name}</dt>
          <dd>
            <span className={classes.scale} aria-hidden>
              <span className={classes.bar} style={{ width: `${intervals[at]?.mean}%` }} />
              {measured.repeats > 1 && (
                <span
                  className={classes.interval}
                  style={{
                    left: `${intervals[at]?.low}%`,
                    width: `${(intervals[at]?.high ?? 0) - (intervals[at]?.low ?? 0)}%`,
                  }}
                />
              )}
            </span>
            <span className="num">
              {scoreText(measured, unit)}, {percent(measured.quality)} right
            </span>
            <span className={`mono ${classes.point}`}>{pointText(measured)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
