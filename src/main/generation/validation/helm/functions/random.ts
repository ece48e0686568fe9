import { GoObject, type Method, type Value } from '../go-template/values.ts';
import { fn } from './signature.ts';

/** Stands for what is different at every rendering; only its form matters to a validator. */
const pem = (what: string): string => `-----BEGIN ${what}-----\nMA==\n-----END ${what}-----\n`;
const certificate = (): Value =>
  new GoObject('sprig.certificate', { Cert: pem('CERTIFICATE'), Key: pem('RSA PRIVATE KEY') });
const filled = (letters: string): Method =>
  fn('i', (count) =>
    letters
      .repeat(Math.ceil(Math.min(count, 10_000) / letters.length))
      .slice(0, Math.max(0, count)),
  );

/** Sprig's random texts, keys and certificates: of the right form, and always the same. */
export const random: Readonly<Record<string, Method>> = {
  randAlphaNum: filled('abc123XYZ'),
  randAlpha: filled('abcXYZ'),
  randAscii: filled('abc-123'),
  randNumeric: filled('1234567890'),
  randBytes: fn('i', (count) =>
    Buffer.alloc(Math.max(0, Math.min(count, 10_000))).toString('base64'),
  ),
  uuidv4: fn('', () => '00000000-0000-4000-8000-000000000000'),
  bcrypt: fn('s', () => `$2a$10$${'.'.repeat(53)}`),
  htpasswd: fn('ss', (user) => `${user}:$2a$10$${'.'.repeat(53)}`),
  derivePassword: fn('issss', () => 'ZedaFaxcZaso9*'),
  genPrivateKey: fn('s', () => pem('RSA PRIVATE KEY')),
  genCA: fn('si', certificate),
  genCAWithKey: fn('sis', certificate),
  genSelfSignedCert: fn('saai', certificate),
  genSelfSignedCertWithKey: fn('saais', certificate),
  genSignedCert: fn('saaia', certificate),
  genSignedCertWithKey: fn('saaias', certificate),
  buildCustomCert: fn('ss', certificate),
  encryptAES: fn('ss', (_, text) => Buffer.from(text).toString('base64')),
  decryptAES: fn('ss', (_, text) => Buffer.from(text, 'base64').toString()),
};
