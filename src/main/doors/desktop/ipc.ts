import { type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { AppApi } from '#main/api/create-api.ts';
import { callChannel, eventsChannel } from '#shared/ipc-channels.ts';
import { DesktopTransport, type Sender } from './desktop-transport.ts';
import type { PageOrigin } from './page-origin.ts';

/** Puts the api behind the one request channel and the one event channel of the current window. */
export function connectIpc(
  api: AppApi,
  page: PageOrigin,
  currentWindow: () => BrowserWindow | null,
): DesktopTransport {
  const transport = new DesktopTransport(api, {
    page,
    pickFolder: () => pickFolder(currentWindow()),
    sendEvents: (events) => {
      const contents = currentWindow()?.webContents;
      if (contents && !contents.isDestroyed()) contents.send(eventsChannel, events);
    },
  });
  ipcMain.handle(callChannel, (event, message: unknown) =>
    transport.answer(senderOf(event, currentWindow()), message),
  );
  return transport;
}

function senderOf(event: IpcMainInvokeEvent, window: BrowserWindow | null): Sender {
  const frame = event.senderFrame;
  return {
    url: frame?.url ?? null,
    isMainFrame: frame !== null && frame.parent === null,
    isWindow: window !== null && event.sender === window.webContents,
  };
}

async function pickFolder(window: BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: 'Choose a project folder',
    properties: ['openDirectory', 'createDirectory'],
  };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
