import type { Health } from '#shared/health.ts';
import { HealthBadge } from './health-badge.tsx';
import classes from './machine.module.css';

/** How the parts that stand on the devices are, with the reason where one is not well. */
export function HealthList({ health }: { readonly health: readonly Health[] }) {
  return (
    <section aria-label="Health">
      <h3 className={classes.title}>Health</h3>
      <dl className={classes.counters}>
        {health.map(({ part, status, reason }) => (
          <div key={part} className={classes.counter}>
            <dt>{part.charAt(0).toUpperCase() + part.slice(1)}</dt>
            <dd>
              <HealthBadge status={status} />
              {reason !== null && <span className={classes.dim}>{reason}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
