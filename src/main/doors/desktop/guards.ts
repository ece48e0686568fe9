import { app, type Session, shell, type WebContents } from 'electron';
import { externalLink } from './external-link.ts';
import { isOwnAddress, type PageOrigin } from './page-origin.ts';
import { isPermitted } from './page-permissions.ts';

/** Denies every device and all permissions but {@link isPermitted}'s; Electron grants all by default. */
export function limitPermissions(session: Session, page: PageOrigin): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { requestingUrl: address, isMainFrame } = details;
    answer(isPermitted({ permission, address, isMainFrame }, page));
  });
  session.setPermissionCheckHandler((_contents, permission, address, { isMainFrame }) =>
    isPermitted({ permission, address, isMainFrame }, page),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Keeps every web contents, now and later, on the app's own page; https links go to the browser. */
export function guardContents(page: PageOrigin): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, page));
}

function guard(contents: WebContents, page: PageOrigin): void {
  contents.on('will-frame-navigate', (event) => {
    // A reload of the page itself is the one navigation that the main frame may do.
    if (!event.isMainFrame || !isOwnAddress(event.url, page)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const link = externalLink(url);
    if (link !== null) void shell.openExternal(link).catch(() => undefined);
    return { action: 'deny' };
  });
}
