import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret of 32 random bytes, base64url; whoever has it may use this browser door. */
export function createSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text given from outside is fit to be a token: long enough, and safe in a URL and a cookie. */
export function isUsableToken(text: string): boolean {
  return /^[\w-]{16,256}$/.test(text);
}

/** Compares in a time that tells nothing of the secret, neither its length nor its beginning. */
export function isSameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** The cookie's name; cookies ignore ports, so the name tells two running apps apart. */
export function cookieName(port: number): string {
  return `omega-${port}`;
}

/** The `Set-Cookie` value that lets a browser in until it is closed. */
export function sessionCookie(port: number, token: string): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Every value of our cookie in a `Cookie` header; a browser may send several of one name. */
export function cookieTokens(header: string | undefined, port: number): readonly string[] {
  const prefix = `${cookieName(port)}=`;
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length))
    .slice(0, 4);
}
