import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import type { EnvVar } from '#shared/scan.ts';
import { place } from '../../model/facts.ts';
import classes from './facts.module.css';

/** Up to this many are shown unasked. */
const few = 10;

/** Environment variables that the source reads; those without a default are marked. */
export function EnvTable({ env }: { readonly env: readonly EnvVar[] }) {
  const [all, setAll] = useState(false);
  if (env.length === 0) return null;
  const shown = all ? env : env.slice(0, few);
  return (
    <section>
      <h4 className={classes.subtitle}>
        Environment <span className="num">{env.length}</span>
      </h4>
      <table className={classes.env} aria-label="Environment variables">
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Required</th>
            <th scope="col">Read in</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={`${one.name}\n${place(one)}`}>
              <td className="mono">{one.name}</td>
              <td>{one.required && <Badge color="red">required</Badge>}</td>
              <td className={`mono ${classes.dim}`}>{place(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {env.length > few && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${env.length}`}
        </Button>
      )}
    </section>
  );
}
