import { join } from 'node:path';
import { BrowserWindow, dialog, screen } from 'electron';
import type { PageOrigin } from './page-origin.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

/** What a window needs: its page, its preload script (absolute) and the folder that keeps its place. */
export type WindowOptions = {
  readonly page: PageOrigin;
  readonly preload: string;
  readonly stateFolder: string;
  /** The page is gone (reloaded, crashed, closed): nobody waits for its calls any more. */
  readonly onPageGone: () => void;
};

/** Opens the app's window, where it was last time; shown once its page has something to show. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const stateFile = join(options.stateFolder, 'window.json');
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const state = readWindowState(stateFile, screens);
  const window = new BrowserWindow({
    width: 1360,
    height: 900,
    ...state.bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Omega Studio',
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    writeWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
    }),
  );
  window.on('closed', options.onPageGone);
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) options.onPageGone();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.onPageGone();
    if (reason !== 'clean-exit') void offerReload(window, reason);
  });
  void window.loadURL(options.page.url);
  return window;
}

async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window stopped working.',
    detail: `Reason: ${reason}. Nothing was written; runs and proposals are kept.`,
    buttons: ['Reload', 'Close'],
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.reload();
  else window.close();
}
