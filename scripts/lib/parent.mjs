/**
 * Calls `gone` once when npm, which started this script, has ended without telling it (SIGKILL).
 * Without npm it does nothing: a script may outlive the shell that started it.
 * @param {() => void} gone
 */
export function watchNpm(gone) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 1_000);
  timer.unref();
}
