/** Scheme of the desktop window's own page; registered as standard and secure, unlike `file:`. */
export const pageScheme = 'app';

/** The one host of {@link pageScheme}. */
export const pageHost = 'omega';

/** Where the window's page comes from: the built files, or the development server. */
export type PageOrigin = { readonly url: string; readonly isDevServer: boolean };

/**
 * Chooses the page. The development server's address is believed only in an app that is not
 * packaged and only on this machine, so that an environment variable cannot replace the page.
 */
export function pageOrigin(isPackaged: boolean, devServer: string | undefined): PageOrigin {
  if (!isPackaged && devServer && URL.canParse(devServer)) {
    const { protocol, hostname } = new URL(devServer);
    if (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
      return { url: devServer, isDevServer: true };
    }
  }
  return { url: `${pageScheme}://${pageHost}/`, isDevServer: false };
}

/** Whether an address belongs to the page: same scheme, host and port, and no user name in it. */
export function isOwnAddress(address: string, page: PageOrigin): boolean {
  if (!URL.canParse(address)) return false;
  const given = new URL(address);
  const own = new URL(page.url);
  // `origin` would be "null" for every custom scheme and so make all of them equal.
  return (
    given.protocol === own.protocol &&
    given.host === own.host &&
    given.username === '' &&
    given.password === ''
  );
}
