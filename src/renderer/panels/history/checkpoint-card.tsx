import { Badge, Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { Checkpoint } from '#shared/run.ts';
import { useUndo } from '../../hooks/use-checkpoints.ts';
import { useNow } from '../../hooks/use-now.ts';
import { baseName, formatAgo, formatTime, plural, shortHash } from '../../model/format.ts';
import classes from './history.module.css';
import { UndoOutcome } from './undo-outcome.tsx';

/** One write: when, where, which files, and Undo while it stands. */
export function CheckpointCard({ checkpoint }: { readonly checkpoint: Checkpoint }) {
  const undo = useUndo();
  const now = useNow(true, 30_000);
  const { root, createdAt, undoneAt, files } = checkpoint;
  return (
    <article className={classes.card} aria-label={`Write to ${baseName(root)}`}>
      <div className={classes.cardHead}>
        <div className={classes.cardText}>
          <h3>
            {baseName(root)} <span className={classes.dim}>{plural(files.length, 'file')}</span>
          </h3>
          <p className={`mono clip ${classes.dim}`} title={root}>
            {root}
          </p>
        </div>
        <time dateTime={new Date(createdAt).toISOString()} title={formatTime(createdAt)}>
          {formatAgo(createdAt, now)}
        </time>
        {undoneAt === null ? (
          <Button
            variant="default"
            loading={undo.isPending}
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={() => undo.mutate(checkpoint.id)}
          >
            Undo
          </Button>
        ) : (
          <Badge color="gray" title={formatTime(undoneAt)}>
            Undone {formatAgo(undoneAt, now)}
          </Badge>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard. */}
      <ul aria-label="Files" tabIndex={0}>
        {files.map((file) => (
          <li key={file.path}>
            <span className="mono">{file.path}</span>
            <span className={`mono ${classes.dim}`}>
              {file.before === null ? 'new' : shortHash(file.before)} → {shortHash(file.after)}
            </span>
          </li>
        ))}
      </ul>
      {undo.data && <UndoOutcome report={undo.data} />}
    </article>
  );
}
