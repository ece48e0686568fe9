import type { Service } from '#shared/scan.ts';
import { otherEvidence, place } from '../../model/facts.ts';
import classes from './facts.module.css';
import { Fold } from './fold.tsx';

/** Evidence that belongs to no line above. */
export function MoreEvidence({ service }: { readonly service: Service }) {
  const rest = otherEvidence(service);
  if (rest.length === 0) return null;
  return (
    <Fold title="More evidence" count={rest.length}>
      <ul className={classes.plainList}>
        {rest.map((one) => (
          <li key={`${one.fact}\n${place(one)}\n${one.value}`} className="mono">
            <span className={classes.dim}>{place(one)}</span> {one.fact}: {one.value}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
