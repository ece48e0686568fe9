import { Checkbox, Switch } from '@mantine/core';
import { formatBytes, formatShare } from '#shared/amounts.ts';
import { useCacheStats } from '../hooks/use-cache.ts';
import { useChangeConfig, useConfig, useFixedBy } from '../hooks/use-config.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { errorTitle, toErrorData } from '../model/error-advice.ts';
import classes from './cache-section.module.css';
import { ClearCache } from './clear-cache.tsx';
import { FixedBy } from './fixed-by.tsx';
import { Section } from './section.tsx';

/** The cache of models' answers: whether it is used, what it holds, and the ways round it. */
export function CacheSection() {
  const config = useConfig();
  const change = useChangeConfig();
  const fixedBy = useFixedBy('cache.enabled');
  const { state, dispatch } = useWorkbench();
  const { data, error } = useCacheStats();
  const problem = error ? toErrorData(error) : null;
  const figures = [
    ['Entries', 'entries', data?.entries, data?.entries.toLocaleString('en')],
    ['Size', 'bytes', data?.bytes, data && `${formatBytes(data.bytes)} of ${size(data.maxBytes)}`],
    ['Hit rate', 'hitRate', data?.hitRate, data && formatShare(data.hitRate)],
  ] as const;
  return (
    <Section title="Cache">
      <Switch
        label="Answer from the cache"
        checked={config?.cache.enabled ?? false}
        disabled={!config || fixedBy !== null}
        onChange={(event) => change({ 'cache.enabled': event.currentTarget.checked })}
      />
      <FixedBy variable={fixedBy} />
      <dl className={classes.figures} aria-label="What the cache holds">
        {figures.map(([label, name, value, text]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd data-cache={name} data-value={value ?? ''}>
              {text ?? '–'}
            </dd>
          </div>
        ))}
      </dl>
      {problem && (
        <p className={classes.problem} role="alert">
          {errorTitle(problem.code)}: {problem.message}
        </p>
      )}
      <Checkbox
        size="xs"
        label="Force refresh next run"
        description="Asks anew and keeps the new answers"
        checked={state.refreshNext}
        onChange={(event) => dispatch({ type: 'refresh-next', on: event.currentTarget.checked })}
      />
      <ClearCache entries={data?.entries ?? 0} />
    </Section>
  );
}

function size(bytes: number): string {
  return formatBytes(bytes).replace('.0 ', ' ');
}
