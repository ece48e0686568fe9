import { contextBridge, ipcRenderer } from 'electron';
import type { OmegaBridge, OmegaEvent, Route, RouteInput, RouteOutputs } from '#shared/contract.ts';
import type { Result } from '#shared/error.ts';
import { callChannel, eventsChannel, pickFolderRoute } from '#shared/ipc-channels.ts';

/** Sends one message; a message that cannot be sent is an answer too, since the bridge never rejects. */
async function invoke<T>(route: string, input: unknown): Promise<Result<T>> {
  try {
    return await ipcRenderer.invoke(callChannel, { route, input });
  } catch {
    const message = `${route} could not be sent; restart Omega if this stays.`;
    return { ok: false, error: { code: 'INTERNAL', message, retryable: false } };
  }
}

const bridge: OmegaBridge = {
  door: 'desktop',
  call: <R extends Route>(route: R, input: RouteInput<R>) => invoke<RouteOutputs[R]>(route, input),
  listen: (listener) => {
    // The event object would hand the page ipcRenderer itself.
    const forward = (_event: unknown, events: readonly OmegaEvent[]) => listener(events);
    ipcRenderer.on(eventsChannel, forward);
    return () => {
      ipcRenderer.off(eventsChannel, forward);
    };
  },
  pickFolder: async () => {
    const result = await invoke<string | null>(pickFolderRoute, {});
    return result.ok ? result.data : null;
  },
};

contextBridge.exposeInMainWorld('omega', bridge);
