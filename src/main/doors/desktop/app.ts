import { join } from 'node:path';
import { app, type BrowserWindow, dialog, protocol, session } from 'electron';
import type { AppApi } from '#main/api/create-api.ts';
import { ensureFolder } from '#main/core/data-folder.ts';
import type { DesktopTransport } from './desktop-transport.ts';
import { guardContents, limitPermissions } from './guards.ts';
import { connectIpc } from './ipc.ts';
import { installMenu } from './menu.ts';
import { pageOrigin, pageScheme } from './page-origin.ts';
import { pageResponse } from './page-response.ts';
import { openWindow } from './window.ts';

/** Longest that quitting waits for running calls and the store, in ms. */
const quitMs = 5000;

/** What the shell needs of the app it shows. Folders and files are absolute. */
export type DesktopOptions = {
  readonly dataFolder: string;
  readonly pageFolder: string;
  readonly preload: string;
  readonly openApi: () => Promise<AppApi>;
};

/** Starts the desktop door; call it once, before Electron is ready. A second start raises the first's window. */
export function startDesktop(options: DesktopOptions): void {
  // One lock and one profile a data folder, so that two data folders are two apps.
  const profile = join(options.dataFolder, 'desktop');
  try {
    ensureFolder(profile);
    app.setPath('userData', profile);
  } catch (error) {
    giveUp(error);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.whenReady().then(
    () => show(options).catch(giveUp),
    (error: unknown) => giveUp(error),
  );
}

async function show(options: DesktopOptions): Promise<void> {
  const page = pageOrigin(app.isPackaged, process.env.ELECTRON_RENDERER_URL);
  guardContents(page);
  limitPermissions(session.defaultSession, page);
  protocol.handle(pageScheme, (request) => pageResponse(options.pageFolder, request));
  installMenu({ isMac: process.platform === 'darwin', isDev: !app.isPackaged });

  const api = await options.openApi();
  let window: BrowserWindow | null = null;
  const transport = connectIpc(api, page, () => window);
  const open = () => {
    window = openWindow({
      page,
      preload: options.preload,
      stateFolder: options.dataFolder,
      onPageGone: () => transport.cancelAll(),
    });
    window.on('closed', () => {
      window = null;
    });
  };
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    if (window) window.focus();
    else open();
  });
  app.on('activate', () => {
    if (!window) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let quitting = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (!quitting) void quit(transport, api);
    quitting = true;
  });
  open();
}

/** Ends the process after the store is closed; a store that hangs is left to its own journal. */
async function quit(transport: DesktopTransport, api: AppApi): Promise<void> {
  setTimeout(() => app.exit(1), quitMs);
  try {
    await transport.dispose();
    await api.dispose();
    app.exit(0);
  } catch (error) {
    giveUp(error);
  }
}

function giveUp(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox('Omega Studio cannot go on', message);
  app.exit(1);
}
