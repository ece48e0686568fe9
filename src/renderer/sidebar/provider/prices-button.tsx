import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ModelProvider } from '#shared/providers.ts';

const PricesDialog = lazy(() => import('../../panels/prices/prices-dialog.tsx'));

/** Opens the prices of a provider's models. */
export function PricesButton({ provider }: { readonly provider: ModelProvider }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
        Prices
      </Button>
      {open && (
        <Suspense>
          <PricesDialog provider={provider} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
