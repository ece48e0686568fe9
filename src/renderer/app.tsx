import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { OmegaBridge } from '#shared/contract.ts';
import { BridgeContext } from './bridge/bridge-context.ts';
import { createQueryClient } from './bridge/query-client.ts';
import { StreamsContext } from './hooks/streams-context.ts';
import { WorkbenchProvider } from './hooks/workbench-provider.tsx';
import { StreamStore } from './model/stream-store.ts';
import { Shell } from './shell/shell.tsx';
import { cssVariables, theme } from './theme/theme.ts';

/** The whole app over one bridge: providers outside, shell inside. */
export function App({ bridge }: { readonly bridge: OmegaBridge }) {
  const [client] = useState(createQueryClient);
  const [streams] = useState(() => new StreamStore());
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="top-center" limit={4} containerWidth={360} />
      <BridgeContext value={bridge}>
        <QueryClientProvider client={client}>
          <StreamsContext value={streams}>
            <WorkbenchProvider>
              <Shell />
            </WorkbenchProvider>
          </StreamsContext>
        </QueryClientProvider>
      </BridgeContext>
    </MantineProvider>
  );
}
