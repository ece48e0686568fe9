import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of a file that the scan reads at most; larger files are listed as ignored. */
export const maxFileBytes = 1_000_000;

/** Most sources are shorter, and are then read without asking for their size first. */
const firstReadBytes = 64 * 1024;

/** Reads text files of one project; what it cannot read goes to `pass` with the reason. */
export class FileReader {
  readonly #root: string;
  readonly #pass: (path: string, reason: string) => void;
  /** Buffers of first reads, used again: at most one for each read that is under way. */
  readonly #buffers: Buffer[] = [];

  constructor(root: string, pass: (path: string, reason: string) => void) {
    this.#root = root;
    this.#pass = pass;
  }

  /** A file's text without its byte order mark; null where it is too large, binary or unreadable. */
  async text(path: string): Promise<string | null> {
    try {
      const handle = await open(join(this.#root, path), 'r');
      try {
        const first = this.#buffers.pop() ?? Buffer.allocUnsafe(firstReadBytes);
        const { bytesRead } = await handle.read(first, 0, firstReadBytes, 0);
        const short = bytesRead < firstReadBytes;
        const text = short ? this.#decode(path, first.subarray(0, bytesRead)) : null;
        this.#buffers.push(first);
        if (short) return text;
        const { size } = await handle.stat();
        if (size > maxFileBytes) {
          return this.#passed(path, `larger than ${maxFileBytes} bytes, not read`);
        }
        const bytes = Buffer.allocUnsafe(size);
        const whole = await handle.read(bytes, 0, size, 0);
        return this.#decode(path, bytes.subarray(0, whole.bytesRead));
      } finally {
        await handle.close();
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? error;
      return this.#passed(path, `cannot be read (${code})`);
    }
  }

  #decode(path: string, bytes: Buffer): string | null {
    if (bytes.includes(0)) return this.#passed(path, 'binary, or text in UTF-16: save it as UTF-8');
    const text = bytes.toString('utf8');
    if (text.includes('\uFFFD') && !bytes.includes('\uFFFD')) {
      return this.#passed(path, 'not UTF-8: save it as UTF-8');
    }
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  #passed(path: string, reason: string): null {
    this.#pass(path, reason);
    return null;
  }
}
