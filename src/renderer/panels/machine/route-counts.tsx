import type { RouteCounters } from '#shared/devices.ts';
import { counterLines } from '../../model/device-names.ts';
import classes from './machine.module.css';

/** What really ran where since the app started. */
export function RouteCounts({ route }: { readonly route: RouteCounters }) {
  return (
    <section aria-label="Since the app started">
      <h3 className={classes.title}>Since the app started</h3>
      <dl className={classes.counters}>
        {counterLines(route).flatMap(([label, value]) => [
          <dt key={label}>{label}</dt>,
          <dd key={`${label} value`} className="num">
            {value}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
