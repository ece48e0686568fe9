import { spawn } from 'node:child_process';

/**
 * Opens the user's default browser. Failing is no error: the address has been printed.
 * @param {string} url
 */
export function openBrowser(url) {
  const [command, args] = opener(url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.once('error', () => process.stderr.write(`Open this address in a browser: ${url}\n`));
  child.unref();
}

/**
 * @param {string} url
 * @returns {[string, string[]]}
 */
function opener(url) {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
