import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** Marks the format, so that another one can follow. */
const magic = Buffer.from('OMEGA1\n');

/** Bytes of a key of the cipher. */
export const cipherKeyBytes = 32;

/**
 * Encrypts with AES-256-GCM and a fresh random nonce (NIST SP 800-38D). `name` is authenticated too, so
 * that one secret's bytes do not pass for another's.
 */
export function seal(key: Buffer, name: string, secret: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([magic, Buffer.from(name)]));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([magic, nonce, cipher.getAuthTag(), body]);
}

/** What {@link seal} encrypted; null where the bytes, the name or the key are not the same. */
export function unseal(key: Buffer, name: string, sealed: Buffer): string | null {
  const head = magic.length + nonceBytes + tagBytes;
  if (sealed.length < head || !sealed.subarray(0, magic.length).equals(magic)) return null;
  const nonce = sealed.subarray(magic.length, magic.length + nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.concat([magic, Buffer.from(name)]));
  decipher.setAuthTag(sealed.subarray(magic.length + nonceBytes, head));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(head)), decipher.final()]).toString();
  } catch {
    return null;
  }
}
