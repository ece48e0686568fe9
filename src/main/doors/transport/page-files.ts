import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A file of the built page, ready to be served. */
export type PageFile = {
  readonly body: Buffer<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
};

/**
 * The path inside the page's folder that a URL's path (still percent-encoded) names, `index.html`
 * for `/`; null for anything that a build would never contain: bad encoding, NUL, backslashes,
 * colons, hidden names, `.` and `..`.
 */
export function pagePath(urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded === '/' || decoded === '') return 'index.html';
  const segments = decoded.replace(/^\//, '').split('/');
  // One allow-list closes traversal, device and drive names, double encoding and alternate streams.
  return segments.every((name) => /^[\w@+-][\w.@+-]{0,127}$/.test(name))
    ? segments.join('/')
    : null;
}

/** Reads a file of the built page; null where there is none, or where a link leads out of the folder. */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const path = pagePath(urlPath);
  if (path === null) return null;
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    const inside = relative(root, file);
    if (inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside)) {
      return null;
    }
    return {
      body: await readFile(file),
      contentType: contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream',
      cacheControl: cacheControl(path),
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Only what Vite names by its content may be kept; the page itself must always be asked for. */
function cacheControl(path: string): string {
  return /^assets\/.*-[\w-]{8}\.\w+$/.test(path)
    ? 'private, max-age=31536000, immutable'
    : 'no-cache';
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ELOOP';
}
