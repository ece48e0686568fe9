import { isOwnAddress, type PageOrigin } from './page-origin.ts';

/** A web permission as Electron asks about it; `address` is the page or origin that wants it. */
export type PermissionAsked = {
  readonly permission: string;
  readonly address: string;
  readonly isMainFrame: boolean;
};

/**
 * Whether the window's page may have a permission. Copying text, on a click, to the clipboard is the
 * only one that the app uses; reading the clipboard is another, and denied like all the rest.
 */
export function isPermitted(asked: PermissionAsked, page: PageOrigin): boolean {
  return (
    asked.permission === 'clipboard-sanitized-write' &&
    asked.isMainFrame &&
    isOwnAddress(asked.address, page)
  );
}
