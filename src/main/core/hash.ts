import { createHash } from 'node:crypto';

/** The sha256 of bytes, or of text as UTF-8, in hexadecimal. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
