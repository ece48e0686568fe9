import { Skeleton } from '@mantine/core';
import type { Fitness, Intelligence } from '#shared/intelligence.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useTrials } from '../../hooks/use-tuning.ts';
import { plural } from '../../model/format.ts';
import { figuresText } from '../../model/measured-text.ts';
import { fitnessNames } from '../../model/tuning-names.ts';
import { MoveList } from './move-list.tsx';
import { TrialChart } from './trial-chart.tsx';
import classes from './tuning.module.css';

/** All that is known of a tuning: its settings, what was counted, its fitness and its measurements. */
export function IntelligenceDetails({ one }: { readonly one: Intelligence }) {
  const { best, fitness, tasks, evaluations, costUsd } = one;
  return (
    <div className={classes.whole}>
      <MoveList one={one} />
      <dl className={classes.facts}>
        {tasks !== '' && <Row name="Tried on" text={tasks} />}
        <Row name="Measured" text={plural(evaluations, 'time')} />
        {costUsd > 0 && <Row name="Calls cost" text={`US$ ${costUsd.toFixed(4)}`} />}
        {best && <Row name="Counted" text={figuresText(best)} />}
        {fitness && <Row name="Fitness" text={fitnessText(fitness)} />}
      </dl>
      <Trials one={one} />
    </div>
  );
}

function Row({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{text}</dd>
    </div>
  );
}

function Trials({ one }: { readonly one: Intelligence }) {
  const { data, error, refetch } = useTrials(one.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={140} radius="md" />;
  if (data[0].length === 0) return <p className={classes.what}>Nothing was measured.</p>;
  return <TrialChart columns={data} unit={one.unit} />;
}

function fitnessText(fitness: Fitness): string {
  const names = Object.keys(fitnessNames) as (keyof Fitness)[];
  return names.map((name) => `${fitnessNames[name]} ${fitness[name].toFixed(2)}`).join(', ');
}
