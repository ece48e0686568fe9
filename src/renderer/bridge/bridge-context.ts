import { createContext, use } from 'react';
import type { OmegaBridge } from '#shared/contract.ts';

/** The bridge of this window; absent only outside of the app. */
export const BridgeContext = createContext<OmegaBridge | null>(null);

/** The bridge of this window. Throws outside of {@link BridgeContext}. */
export function useBridge(): OmegaBridge {
  const bridge = use(BridgeContext);
  if (!bridge) throw new Error('useBridge needs a BridgeContext above it.');
  return bridge;
}
