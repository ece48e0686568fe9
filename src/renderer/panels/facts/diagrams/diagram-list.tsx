import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Diagram } from '#shared/scan.ts';
import facts from '../facts.module.css';
import { DiagramCard } from './diagram-card.tsx';
import { DiagramDialog } from './diagram-dialog.tsx';
import classes from './diagrams.module.css';

/** Up to this many are shown unasked. */
const few = 12;

/** The diagrams of a project, small; a click enlarges one. `scannedAt` is the time of the scan. */
export function DiagramList(props: {
  readonly root: string;
  readonly diagrams: readonly Diagram[];
  readonly scannedAt: number;
}) {
  const { root, diagrams, scannedAt } = props;
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState(false);
  const [at, setAt] = useState(0);
  if (diagrams.length === 0) return null;
  const shown = all ? diagrams : diagrams.slice(0, few);
  // A rescan may find fewer than were there.
  const enlarged = diagrams[at] ?? diagrams[0];
  const step = (by: 1 | -1) => setAt((before) => (before + by + diagrams.length) % diagrams.length);
  const open = (index: number) => {
    setAt(index);
    setOpened(true);
  };
  return (
    <section aria-label="Diagrams">
      <h3 className={facts.subtitle}>
        Diagrams <span className="num">{diagrams.length}</span>
      </h3>
      <ul className={classes.grid}>
        {shown.map(({ path }, index) => (
          <li key={path}>
            <DiagramCard image={{ root, path, scannedAt }} onOpen={() => open(index)} />
          </li>
        ))}
      </ul>
      {diagrams.length > few && (
        <Button variant="subtle" size="compact-xs" mt={6} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${diagrams.length}`}
        </Button>
      )}
      {enlarged && (
        <DiagramDialog
          opened={opened}
          image={{ root, path: enlarged.path, scannedAt }}
          position={diagrams.indexOf(enlarged) + 1}
          count={diagrams.length}
          onStep={step}
          onClose={() => setOpened(false)}
        />
      )}
    </section>
  );
}
