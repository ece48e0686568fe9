import { Tooltip, VisuallyHidden } from '@mantine/core';
import { useWarmUp } from '../hooks/use-warm-up.ts';
import { warmUpText } from '../model/warm-up-text.ts';
import classes from './warm-up-status.module.css';

/** One quiet line: whether first calls are fast already, and if not, why. */
export function WarmUpStatus() {
  const progress = useWarmUp();
  // Its place is kept, so that nothing above it moves.
  if (!progress) return <div className={classes.status} />;
  const { line, detail } = warmUpText(progress);
  return (
    <Tooltip multiline maw={320} label={detail}>
      <div className={classes.status} data-state={progress.state} role="status">
        <span className={classes.dot} aria-hidden />
        <span className="clip">{line}</span>
        <VisuallyHidden>{detail}</VisuallyHidden>
      </div>
    </Tooltip>
  );
}
