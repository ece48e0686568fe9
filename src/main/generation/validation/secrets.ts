/** Names that usually hold a secret; `_FILE`, `_PATH`, `_URL` and public keys are names of something else. */
const secretName =
  /(?:^|[_.-])(?:passwd|password|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|secret[_-]?key|access[_-]?key|auth[_-]?key|encryption[_-]?key|credentials?)(?:$|[_.-])/i;
const notSecret =
  /(?:_file|_path|_dir|_url|_uri|_ttl|_expiry|_expires|_expiration|_expires_in|_name|_length|_size|_dummy|_type|_enabled|_id|_issuer|_algorithm|_policy|_min|_max|_host|_header|_prefix|_rotation)$|^(?:allow_empty|mysql_allow_empty|mysql_random)|public/i;

/** Texts that are secrets whatever they are called: keys of well-known services, and private keys. */
const secretValue =
  /\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{40}|\bglpat-[A-Za-z0-9_-]{20}|\bsk_live_[A-Za-z0-9]{16}|\bsk-(?:ant|proj)-[A-Za-z0-9_-]{20}|\bxox[abprs]-[A-Za-z0-9-]{20}|\bAIza[0-9A-Za-z_-]{35}|-----BEGIN (?:[A-Z]{1,10} )?PRIVATE KEY-----/;

/** The same for a search through a whole text. */
export const certainSecrets = new RegExp(secretValue.source, 'g');

/** Values that are no secret under any name: switches, numbers of a setting, references. */
const harmless = /^(?:|true|false|yes|no|on|off|null|none|\d{1,3}|\/.*)$/i;

/** How sure it is that `name: value` gives a secret away: `certain` by its form, `likely` by its name. */
export function judgeSecret(name: string, value: string): 'certain' | 'likely' | null {
  if (secretValue.test(value)) return 'certain';
  if (!secretName.test(name) || notSecret.test(name)) return null;
  if (harmless.test(value) || value.includes('$')) return null;
  return 'likely';
}
