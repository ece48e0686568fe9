import { cookieTokens, isSameToken } from './session-token.ts';

/** What the gate looks at in a request. Header values are as received. */
export type GateRequest = {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  /** The `token` of the query string; anything but a text is no token. */
  readonly queryToken: unknown;
};

/** Let in (and by which proof), or refused with the status and a sentence that says what to do. */
export type Verdict =
  | { readonly allowed: true; readonly by: 'cookie' | 'query' }
  | { readonly allowed: false; readonly status: 401 | 403; readonly reason: string };

const refuse = (status: 401 | 403, reason: string): Verdict => ({ allowed: false, status, reason });

/**
 * Decides on every request, upgrades included. A foreign Host is another name that points at this
 * machine (DNS rebinding); a foreign Origin or Sec-Fetch-Site is another page that uses the
 * browser's cookie. Only then is the token looked at.
 */
export function judgeRequest(
  request: GateRequest,
  door: { readonly port: number; readonly token: string },
): Verdict {
  const hosts = ['127.0.0.1', 'localhost'].flatMap((name) =>
    door.port === 80 ? [name, `${name}:80`] : [`${name}:${door.port}`],
  );
  if (request.host === undefined || !hosts.includes(request.host)) {
    return refuse(403, `Omega answers only at http://127.0.0.1:${door.port}; open it there.`);
  }
  if (request.origin !== undefined && request.origin !== `http://${request.host}`) {
    return refuse(403, 'Another web page asked; Omega answers only to its own page.');
  }
  if (isForeignFetch(request)) {
    return refuse(403, 'Another web page asked; Omega answers only to its own page.');
  }
  if (cookieTokens(request.cookie, door.port).some((given) => isSameToken(given, door.token))) {
    return { allowed: true, by: 'cookie' };
  }
  const { queryToken } = request;
  if (typeof queryToken === 'string' && isSameToken(queryToken, door.token)) {
    return { allowed: true, by: 'query' };
  }
  return refuse(401, 'Open the address that Omega printed in the terminal; it holds the token.');
}

/** A link may lead here from anywhere, but only our own page may fetch, frame or connect. */
function isForeignFetch({ fetchSite, fetchMode }: GateRequest): boolean {
  const own = fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  return !own && fetchMode !== 'navigate';
}
