import type { IncomingHttpHeaders } from 'node:http';
import type { KeySeen } from './protocol.ts';

/** The token of an Authorization header; null where there is none. */
export function bearer({ authorization }: IncomingHttpHeaders): string | null {
  return /^Bearer (\S.*)$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** What a key is worth where `right` is asked for. */
export function judgeKey(came: string | null, right: string | null): KeySeen {
  if (right === null) return 'not-needed';
  if (came === null) return 'missing';
  return came === right ? 'right' : 'wrong';
}
