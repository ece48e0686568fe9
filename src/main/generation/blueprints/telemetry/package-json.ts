import { lineEnd } from './wiring.ts';

/**
 * A package.json with these dependencies among its own, in their order; its format stays. Null where
 * its dependencies do not stand one a line, so that the text cannot be changed safely.
 */
export function withDependencies(
  text: string,
  added: Readonly<Record<string, string>>,
): string | null {
  const found =
    /^([ \t]*)"dependencies"[ \t]*:[ \t]*\{[ \t]*\r?\n((?:[ \t]*"[^"\n]+"[ \t]*:[ \t]*"[^"\n]*",?[ \t]*\r?\n)+)[ \t]*\}/m.exec(
      text,
    );
  const end = lineEnd(text);
  const missing = Object.entries(added).filter(([name]) => !text.includes(`"${name}"`));
  if (missing.length === 0) return text;
  if (!found) return withBlock(text, missing, end);
  const [whole, , body = ''] = found;
  const indent = /^[ \t]*/.exec(body)?.[0] ?? '    ';
  const lines = body
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.trimEnd().replace(/,$/, ''));
  for (const [name, version] of missing) {
    const line = `${indent}"${name}": "${version}"`;
    const before = lines.findIndex((one) => (/"([^"]+)"/.exec(one)?.[1] ?? '') > name);
    lines.splice(before < 0 ? lines.length : before, 0, line);
  }
  const start = found.index + whole.indexOf(body);
  return text.slice(0, start) + lines.join(`,${end}`) + end + text.slice(start + body.length);
}

/** A file without dependencies gets them as its last field. */
function withBlock(
  text: string,
  missing: readonly (readonly [string, string])[],
  end: string,
): string | null {
  if (/"dependencies"\s*:/.test(text)) return null;
  const last = /("|\}|\]|\d|true|false|null)(\s*)\}\s*$/.exec(text);
  const indent = /^([ \t]+)"/m.exec(text)?.[1];
  if (!last || indent === undefined) return null;
  const lines = missing.map(([name, version]) => `${indent}${indent}"${name}": "${version}"`);
  const block = `,${end}${indent}"dependencies": {${end}${lines.join(`,${end}`)}${end}${indent}}`;
  const at = last.index + (last[1]?.length ?? 0);
  return text.slice(0, at) + block + text.slice(at);
}

/** A package.json with the text of one script changed; null where it has no such script, or nothing changes. */
export function withScript(
  text: string,
  name: string,
  change: (script: string) => string,
): string | null {
  const scripts = /"scripts"\s*:\s*\{/.exec(text);
  if (!scripts) return null;
  const from = scripts.index + scripts[0].length;
  const pattern = new RegExp(
    `("${name.replace(/[^\w:-]/g, '\\$&')}"\\s*:\\s*")((?:[^"\\\\]|\\\\.){0,2000})"`,
  );
  const found = pattern.exec(text.slice(from, from + 50_000));
  if (!found) return null;
  const [, before = '', script = ''] = found;
  const changed = change(script);
  if (changed === script) return null;
  const at = from + found.index + before.length;
  return text.slice(0, at) + changed + text.slice(at + script.length);
}
