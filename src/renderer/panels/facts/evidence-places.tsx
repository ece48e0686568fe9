import { Tooltip } from '@mantine/core';
import type { Evidence } from '#shared/scan.ts';
import { place } from '../../model/facts.ts';
import classes from './fact-rows.module.css';

/** Where a fact was read: the first place in full, the others on hover or focus. */
export function EvidencePlaces({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const [first, ...rest] = evidence;
  if (!first) return null;
  const all = evidence.map((one) => (
    <div key={`${place(one)}\n${one.value}`} className="mono">
      {place(one)} {one.value}
    </div>
  ));
  return (
    <Tooltip label={all} multiline maw={520} position="bottom-end">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable by keyboard. */}
      <span className={`mono ${classes.place}`} tabIndex={0}>
        <span className="clip">{place(first)}</span>
        {rest.length > 0 && <span className={classes.more}>+{rest.length}</span>}
      </span>
    </Tooltip>
  );
}
