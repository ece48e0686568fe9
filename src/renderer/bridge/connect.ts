import type { OmegaBridge } from '#shared/contract.ts';
import { socketPath } from '#shared/wire.ts';
import { createWebBridge } from './web-bridge.ts';

declare global {
  interface Window {
    /** What the preload gives the page in the desktop window; absent in a browser. */
    readonly omega?: OmegaBridge;
  }
}

/** The page's one way to the app: the preload's bridge in the desktop window, a WebSocket elsewhere. Call it once. */
export function connectBridge(): OmegaBridge {
  return window.omega ?? createWebBridge(`ws://${window.location.host}${socketPath}`);
}
