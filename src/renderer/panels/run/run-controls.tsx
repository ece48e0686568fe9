import { Button } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import type { Run } from '#shared/run.ts';
import { useRunControl } from '../../hooks/use-runs.ts';
import { ResumeForm } from './resume-form.tsx';
import classes from './run.module.css';

/** Pauses a run that goes on. */
export function PauseButton({ run }: { readonly run: Run }) {
  const control = useRunControl();
  if (run.state !== 'running') return null;
  return (
    <Button
      variant="default"
      disabled={control.isPending}
      leftSection={<IconPlayerPauseFilled size={13} aria-hidden />}
      onClick={() => control.mutate({ act: 'pause', id: run.id })}
    >
      {control.isPending ? 'Pausing, once jobs under way end' : 'Pause'}
    </Button>
  );
}

/** Why a run stands still, and the ways on: resume, with more to spend where models cost, or cancel. */
export function PausedNotice({ run }: { readonly run: Run }) {
  const control = useRunControl();
  if (run.state !== 'paused') return null;
  return (
    <section className={classes.paused} aria-label="Paused">
      <p role="status">
        <IconPlayerPauseFilled size={14} aria-hidden /> {run.paused ?? 'The run is paused.'}
      </p>
      {run.request.use === 'blueprint' ? (
        <Button
          loading={control.isPending}
          leftSection={<IconPlayerPlayFilled size={13} aria-hidden />}
          onClick={() => control.mutate({ act: 'resume', id: run.id })}
        >
          Resume
        </Button>
      ) : (
        <ResumeForm run={run} control={control} />
      )}
      <Button
        variant="default"
        color="red"
        disabled={control.isPending}
        onClick={() => control.mutate({ act: 'cancel', id: run.id })}
      >
        Cancel run
      </Button>
    </section>
  );
}
