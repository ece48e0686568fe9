import { Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type ModelProvider, modelProviders, type ProviderView } from '#shared/providers.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { usePrices } from '../../hooks/use-prices.ts';
import { useModels, useProviders } from '../../hooks/use-providers.ts';
import { priceLines } from '../../model/price-lines.ts';
import { makerNames } from '../../model/provider-names.ts';
import { PriceTable } from './price-table.tsx';
import classes from './prices.module.css';

type Props = { readonly provider: ModelProvider; readonly onClose: () => void };

/** What models cost: the list of the app, the user's own prices in its place, and what is unknown. */
export default function PricesDialog({ provider, onClose }: Props) {
  return (
    <Dialog title="Prices" width={640} opened onClose={onClose}>
      <Prices first={provider} />
    </Dialog>
  );
}

function Prices({ first }: { readonly first: ModelProvider }) {
  const [provider, setProvider] = useState(first);
  const views = useProviders();
  const { data, error, refetch } = usePrices();
  return (
    <div className={classes.prices}>
      <p className={classes.lead}>
        US dollars a million tokens. Costs and budgets are reckoned by these; what a provider really
        charges is on its own page.
      </p>
      <Select
        size="xs"
        aria-label="Provider of the prices"
        allowDeselect={false}
        data={modelProviders.map((id) => ({ value: id, label: makerNames[id] }))}
        value={provider}
        onChange={(id) => id && setProvider(id as ModelProvider)}
      />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} radius="md" />}
      {data && (
        <Lines
          key={provider}
          provider={provider}
          rows={data}
          view={views.data?.find(({ id }) => id === provider)}
        />
      )}
    </div>
  );
}

function Lines(props: {
  readonly provider: ModelProvider;
  readonly rows: NonNullable<ReturnType<typeof usePrices>['data']>;
  readonly view: ProviderView | undefined;
}) {
  const models = useModels(props.view);
  const lines = priceLines(props.provider, props.rows, models.data ?? []);
  if (lines.length > 0) return <PriceTable lines={lines} />;
  return (
    <p className={classes.none} role="status">
      {models.isFetching
        ? 'Asking for the models…'
        : 'No price is known here, and no model is listed that could have one. What its calls cost is unknown.'}
    </p>
  );
}
