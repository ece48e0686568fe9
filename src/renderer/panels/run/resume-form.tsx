import { Button, NumberInput } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { Run } from '#shared/run.ts';
import { useConfig } from '../../hooks/use-config.ts';
import type { useRunControl } from '../../hooks/use-runs.ts';
import classes from './run.module.css';

type Props = { readonly run: Run; readonly control: ReturnType<typeof useRunControl> };

/** Resumes a run that asks models; a budget that was changed here takes the place of the run's own. */
export function ResumeForm({ run, control }: Props) {
  const standard = useConfig()?.budget.runUsd ?? 0;
  const current = run.request.budgetUsd ?? standard;
  const [budget, setBudget] = useState<number | string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changed = budget !== null && budget !== '' && Number(budget) !== current;
    control.mutate({
      act: 'resume',
      id: run.id,
      ...(changed ? { budgetUsd: Number(budget) } : {}),
    });
  };
  return (
    <form onSubmit={submit} className={classes.resume}>
      <NumberInput
        size="xs"
        w={190}
        label="Budget of this run (US$)"
        description="0 is no limit"
        min={0}
        max={100_000}
        step={0.5}
        clampBehavior="blur"
        value={budget ?? current}
        onChange={setBudget}
      />
      <Button
        type="submit"
        loading={control.isPending}
        leftSection={<IconPlayerPlayFilled size={13} aria-hidden />}
      >
        Resume
      </Button>
    </form>
  );
}
