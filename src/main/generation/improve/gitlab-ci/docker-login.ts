/** One line that logs in and names its password on the command line; nothing else on it. */
const line =
  /^([ \t]*)docker login((?:[ \t]+(?:-u|--username)[ =]?"?[$\w{}.-]{1,80}"?|[ \t]+"?[$\w{}.:/-]{1,200}"?|[ \t]+(?:-p|--password)[ =]?"?\$\{?\w{1,80}\}?"?){1,6})([ \t]*\r?)$/gm;
const password =
  /[ \t]+(?:-p|--password)(?:[ \t]+|=|)"?\$(?:\{(\w{1,80})\}|(\w{1,80}))"?(?=[ \t]|$)/g;

/**
 * Hands the password of `docker login` over the standard input, as Docker and GitLab ask: on the
 * command line every process of the runner's host can read it. Lines that do more are left.
 */
export function withHiddenPassword(script: string): string {
  return script.replace(line, (whole, pad: string, rest: string, end: string) => {
    const found = [...rest.matchAll(password)];
    const name = found[0]?.[1] ?? found[0]?.[2];
    if (found.length !== 1 || name === undefined) return whole;
    const asked = rest.replace(password, ' --password-stdin');
    return `${pad}printf '%s' "$${name}" | docker login${asked}${end}`;
  });
}
