import { quote } from '../report.ts';

const schemes = new Set([
  'env',
  'file',
  'yaml',
  'http',
  'https',
  's3',
  'aes',
  'secretsmanager',
  'googlesecretmanager',
]);

/** What is wrong with the variables of a text: `error` where the collector refuses it. */
export function badSubstitution(
  text: string,
): { readonly severity: 'error' | 'warning'; readonly message: string } | null {
  const plain = text.replaceAll('$$', '');
  for (const [whole, inside, closed] of plain.matchAll(/\$\{([^{}]{0,500})(\}?)/g)) {
    if (closed === '' && !/[{]/.test(plain[plain.indexOf(whole) + whole.length] ?? '')) {
      return { severity: 'error', message: `${quote(whole)} is not closed. Add }.` };
    }
    const [scheme = '', rest] = (inside ?? '').split(/:(.*)/s, 2);
    const name = rest === undefined ? scheme : scheme === 'env' ? rest.replace(/:-.*$/s, '') : null;
    if (rest !== undefined && !schemes.has(scheme)) {
      return {
        severity: 'error',
        message: `The collector reads nothing from ${quote(scheme)}. Write it like \${env:NAME}.`,
      };
    }
    if (name !== null && !/^[a-zA-Z_]\w*$/.test(name) && closed !== '') {
      return {
        severity: 'error',
        message: `${quote(name)} is no name of a variable: letters, digits and _ only, no digit first.`,
      };
    }
  }
  const old = /\$[A-Za-z_]\w*/.exec(plain)?.[0];
  if (old === undefined) return null;
  return {
    severity: 'warning',
    message: `${old} is not replaced any more. Write \${env:${old.slice(1)}}, or $$ for a dollar sign.`,
  };
}
