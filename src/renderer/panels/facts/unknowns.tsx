import { IconHelpHexagon } from '@tabler/icons-react';
import type { Unknown } from '#shared/scan.ts';
import classes from './unknowns.module.css';

/** What the scan could not tell, and what would settle it. */
export function Unknowns({ unknowns }: { readonly unknowns: readonly Unknown[] }) {
  if (unknowns.length === 0) return null;
  return (
    <section className={classes.unknowns} aria-label="Could not tell">
      <h4>
        <IconHelpHexagon size={15} aria-hidden /> Could not tell
      </h4>
      <dl>
        {unknowns.map((unknown) => (
          <div key={`${unknown.fact}\n${unknown.reason}`}>
            <dt className="mono">{unknown.fact}</dt>
            <dd>{unknown.reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
