import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useConfig } from '../../hooks/use-config.ts';
import {
  type NearTarget,
  useAcceptAnswer,
  useForgetAnswer,
  useNearAnswers,
} from '../../hooks/use-near-answers.ts';
import { useNow } from '../../hooks/use-now.ts';
import { toErrorData } from '../../model/error-advice.ts';
import { plural } from '../../model/format.ts';
import { answerText } from '../../model/near-text.ts';
import { NearAnswerRow } from './near-answer-row.tsx';
import classes from './near-answers.module.css';

type Props = { readonly target: NearTarget; readonly ready: boolean };

/**
 * Kept answers to requests that are near to this one, each to be looked at and taken; or which answer
 * the next run will take. Nothing where there is nothing to choose.
 */
export function NearAnswers({ target, ready }: Props) {
  const near = useNearAnswers(target, ready);
  const accept = useAcceptAnswer();
  const forget = useForgetAnswer();
  const now = useNow(true, 30_000);
  const batches = useConfig()?.batch.enabled ?? false;
  const { data, error } = near;
  if (error) return <p className={classes.note}>{toErrorData(error).message}</p>;
  if (!data || data.state === 'off') return null;
  if (data.state === 'unavailable') return <p className={classes.note}>{data.why}</p>;
  if (data.state === 'kept') {
    const { accepted, key } = data;
    if (accepted === null) {
      return <p className={classes.note}>Its answer is in the cache: a run asks nobody.</p>;
    }
    return (
      <section aria-label="Accepted answer" className={classes.accepted}>
        <IconHistory size={16} aria-hidden />
        <span className={classes.text}>
          The next run takes the answer that you accepted: <b>{answerText(accepted, now)}</b>.
          {batches && ' Batch mode is on: a run that asks for more files at once asks the model.'}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          loading={forget.isPending}
          onClick={() => forget.mutate(key)}
        >
          Ask the model instead
        </Button>
      </section>
    );
  }
  const { answers, key } = data;
  if (answers.length === 0) return null;
  return (
    <section aria-label="Near answers" className={classes.near}>
      <h3>
        {plural(answers.length, 'kept answer')} to a request like this. None is used unless you take
        it.
      </h3>
      {answers.map((answer) => (
        <NearAnswerRow
          key={answer.key}
          answer={answer}
          now={now}
          taking={accept.isPending && accept.variables.from === answer.key}
          onTake={() => accept.mutate({ ...target, key, from: answer.key })}
        />
      ))}
    </section>
  );
}
