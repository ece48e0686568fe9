import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import type { ScanResult } from '#shared/scan.ts';
import classes from './facts.module.css';
import { Fold } from './fold.tsx';

/** Rows that are added with each press of the button. */
const page = 200;

/** Infrastructure files that are there already, and what the scan passed over. */
export function OtherFiles({ scan }: { readonly scan: ScanResult }) {
  const [shown, setShown] = useState(page);
  return (
    <div className={classes.other}>
      {scan.existing.length > 0 && (
        <section aria-label="Existing infrastructure files">
          <h4 className={classes.subtitle}>
            Already there <span className="num">{scan.existing.length}</span>
          </h4>
          <ul className={classes.plainList}>
            {scan.existing.slice(0, page).map((file) => (
              <li key={`${file.kind}\n${file.path}`}>
                <Badge color="gray">{file.kind}</Badge> <span className="mono">{file.path}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {scan.ignored.length > 0 && (
        <Fold title="Passed over" count={scan.ignored.length}>
          <ul className={classes.plainList} aria-label="Passed over">
            {scan.ignored.slice(0, shown).map((one) => (
              <li key={`${one.path}\n${one.reason}`}>
                <span className="mono">{one.path}</span>{' '}
                <span className={classes.dim}>{one.reason}</span>
              </li>
            ))}
          </ul>
          {scan.ignored.length > shown && (
            <Button variant="subtle" size="compact-xs" onClick={() => setShown(shown + page)}>
              Show more
            </Button>
          )}
        </Fold>
      )}
    </div>
  );
}
