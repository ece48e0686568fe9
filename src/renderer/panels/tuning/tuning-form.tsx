import { Button, NumberInput, SegmentedControl } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import {
  type DomainName,
  domainNames,
  type IntelligenceSpecInput,
  usualCapability,
} from '#shared/intelligence.ts';
import { domainTexts } from '../../model/tuning-names.ts';
import classes from './tuning.module.css';

/** Measurements that a search may make; its time is the limit that people set. */
const evaluations = 200;
const usualSeconds = 60;

type Props = {
  /** Whether something is measured already: two would measure each other. */
  readonly busy: boolean;
  readonly onStart: (spec: IntelligenceSpecInput) => void;
};

/** What to tune, how long it may take, how good it has to be, and what it may cost. */
export function TuningForm({ busy, onStart }: Props) {
  const [domain, setDomain] = useState<DomainName>('vector-search');
  const [seconds, setSeconds] = useState<number | string>(usualSeconds);
  const [capability, setCapability] = useState<number | string>('');
  const [cost, setCost] = useState<number | string>(0);
  const { measures, takes, asksModels } = domainTexts[domain];
  const usual = usualCapability[domain];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onStart({
      ...{ name: `tuned ${domain}`, domain },
      minCapability: capability === '' ? usual : Number(capability) / 100,
      budget: {
        evaluations,
        seconds: Number(seconds) || usualSeconds,
        costUsd: asksModels ? Number(cost) : 0,
      },
    });
  };
  return (
    <form className={classes.form} aria-label="New tuning" onSubmit={submit}>
      <SegmentedControl
        aria-label="What to tune"
        size="xs"
        fullWidth
        value={domain}
        onChange={(value) => {
          setDomain(value as DomainName);
          setCapability('');
        }}
        data={domainNames.map((value) => ({ value, label: domainTexts[value].name }))}
      />
      <p className={classes.what}>
        {measures} {takes}
      </p>
      <div className={classes.fields}>
        <NumberInput
          size="xs"
          label="Longest time (s)"
          min={1}
          max={86_400}
          thousandSeparator=","
          clampBehavior="blur"
          value={seconds}
          onChange={setSeconds}
        />
        <NumberInput
          size="xs"
          label="Done right, at least (%)"
          min={0}
          max={100}
          clampBehavior="blur"
          value={capability === '' ? usual * 100 : capability}
          onChange={setCapability}
        />
        {asksModels && (
          <NumberInput
            size="xs"
            label="Calls may cost (US$)"
            min={0}
            max={10_000}
            step={0.5}
            clampBehavior="blur"
            value={cost}
            onChange={setCost}
          />
        )}
        <Button
          type="submit"
          disabled={busy}
          className={classes.start}
          leftSection={<IconPlayerPlayFilled size={13} aria-hidden />}
        >
          Start tuning
        </Button>
      </div>
    </form>
  );
}
