import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { ProviderTest, ProviderView } from '#shared/providers.ts';
import { useProviderTest } from '../../hooks/use-providers.ts';
import { errorTitle, toErrorData } from '../../model/error-advice.ts';
import { formatDuration, plural } from '../../model/format.ts';
import classes from './provider.module.css';

/** Tries a provider's connection and says how long it took, or what is wrong and what to do. */
export function ConnectionTest({ view }: { readonly view: ProviderView }) {
  const { data, error, isFetching, refetch } = useProviderTest(view);
  const result: ProviderTest | undefined =
    data ?? (error ? { ok: false, ms: 0, error: toErrorData(error) } : undefined);
  return (
    <>
      <Button
        fullWidth
        mt={8}
        variant="default"
        disabled={view.lacks !== null}
        loading={isFetching}
        leftSection={<IconPlugConnected size={14} aria-hidden />}
        onClick={() => void refetch()}
      >
        Test connection
      </Button>
      {result && !isFetching && (
        <p className={classes.result} data-ok={result.ok} role="status">
          {result.ok
            ? `Answered in ${formatDuration(result.ms)} with ${plural(result.models, 'model')}`
            : `${errorTitle(result.error.code)}: ${result.error.message}`}
        </p>
      )}
    </>
  );
}
