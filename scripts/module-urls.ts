import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const moduleUrl = /new URL\(\s*['"](\.{1,2}\/[\w./-]+\.ts)['"],\s*import\.meta\.url,?\s*\)/g;

/**
 * Emits every module that a source names by `new URL('./x.ts', import.meta.url)` as a file of its own
 * and lets the URL point there, so that threads and child processes find it built as they do unbuilt.
 */
export function moduleUrls(): Plugin {
  return {
    name: 'omega:module-urls',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes('import.meta.url')) return null;
      const replaced = code.replace(moduleUrl, (_all, path: string) => {
        const module = resolve(id, '..', path);
        const reference = this.emitFile({ type: 'chunk', id: module, preserveSignature: 'strict' });
        return `new URL(import.meta.ROLLDOWN_FILE_URL_${reference})`;
      });
      return replaced === code ? null : { code: replaced, map: null };
    },
    resolveFileUrl({ relativePath }) {
      return `new URL(${JSON.stringify(`./${relativePath}`)}, import.meta.url).href`;
    },
  };
}
