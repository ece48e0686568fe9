import { Skeleton, VisuallyHidden } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useNow } from '../../hooks/use-now.ts';
import { useIntelligences, useTune } from '../../hooks/use-tuning.ts';
import { toErrorData } from '../../model/error-advice.ts';
import { tuningErrorTitle } from '../../model/tuning-names.ts';
import { verdictOf } from '../../model/tuning-text.ts';
import { IntelligenceItem } from './intelligence-item.tsx';
import { SearchGoing } from './search-going.tsx';
import classes from './tuning.module.css';
import { TuningForm } from './tuning-form.tsx';

/** Starts a tuning, shows how far it is, and what the last ones came to beside what was in force. */
export default function TuningPanel() {
  const { data, error, refetch } = useIntelligences(true);
  const tune = useTune();
  const now = useNow(true, 1_000);
  const going = data?.find(({ state }) => state === 'searching');
  const failed = tune.error ? toErrorData(tune.error) : null;
  return (
    <div className={classes.body}>
      <p className={classes.lead}>
        Omega looks for settings that are better on this machine with your data. What it finds is
        measured in turn with what is in force; nothing changes until you apply it, and that can be
        rolled back.
      </p>
      <TuningForm
        busy={tune.isPending || going !== undefined}
        onStart={(spec) => tune.mutate(spec)}
      />
      <VisuallyHidden role="status">
        {tune.data && `Tuning has ended. ${verdictOf(tune.data)?.text ?? ''}`}
      </VisuallyHidden>
      {going && <SearchGoing one={going} now={now} />}
      {failed && failed.code !== 'CANCELLED' && (
        <ErrorNotice error={tune.error} {...titleOf(tuningErrorTitle(failed.code))} />
      )}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={200} radius="md" />}
      {data && data.length > 0 && (
        <ul className={classes.list} aria-label="Tunings">
          {data
            .filter((one) => one !== going)
            .map((one) => (
              <IntelligenceItem key={one.id} one={one} now={now} />
            ))}
        </ul>
      )}
    </div>
  );
}

function titleOf(title: string | undefined) {
  return title === undefined ? {} : { title };
}
