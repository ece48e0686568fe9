import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const block = 512;
/** What a package may unpack to at most: a hostile archive must not fill the memory. */
const maxUnpackedBytes = 400_000_000;

/**
 * Reads the wanted plain files of a gzipped tar archive, as npm packs them. Everything else in it
 * is passed over, so no name of the archive ever becomes a path on this disk.
 * @param {string} file absolute path of the archive
 * @param {ReadonlySet<string>} wanted names as they stand in the archive
 * @returns {Map<string, Buffer>} the bytes of each wanted file that was found
 * @throws when the archive is no gzip, is cut off, or unpacks to more than 400 MB
 */
export function readTarball(file, wanted) {
  const bytes = gunzipSync(readFileSync(file), { maxOutputLength: maxUnpackedBytes });
  /** @type {Map<string, Buffer>} */
  const found = new Map();
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block);
    const name = text(header, 0, 100);
    if (name === '') break;
    const size = Number.parseInt(text(header, 124, 12).trim(), 8);
    const end = at + block + size;
    if (!Number.isInteger(size) || end > bytes.length) throw new Error('the archive is cut off');
    const prefix = text(header, 345, 155);
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const type = header[156];
    if ((type === 0 || type === 0x30) && wanted.has(path)) {
      found.set(path, bytes.subarray(at + block, end));
    }
    at += block + Math.ceil(size / block) * block;
  }
  return found;
}

/**
 * @param {Buffer} header
 * @param {number} start
 * @param {number} length
 */
function text(header, start, length) {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}
