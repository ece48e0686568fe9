import { crc32 } from 'node:zlib';
import type { ResponseNoteRow, ResponseRow } from '#main/storage/response-store.ts';
import type { HeldResponse } from './recent-responses.ts';
import type { AcceptedFrom, CachedResponse, CacheEntry, KeptNote } from './response-cache.ts';

/** What a row takes beside its text: key, owner, numbers and its places in five indexes. */
const rowBytes = 512;
/** What a note takes beside its texts: its vector, its row and its places in two indexes. */
const noteBytes = 384 * Float32Array.BYTES_PER_ELEMENT + 256;

/** An answer as it is held, with what it counts for. */
export function heldOf(
  response: CachedResponse,
  madeAt: number,
  note: KeptNote | null = null,
): HeldResponse {
  const own = Buffer.byteLength(response.text) + rowBytes;
  const noted = note === null ? 0 : note.text.length + note.details.length + noteBytes;
  return { response, madeAt, bytes: own + noted };
}

/** The row of an entry. */
export function rowOf({ key, owner }: CacheEntry, held: HeldResponse): ResponseRow {
  const { response, madeAt, bytes } = held;
  const row = {
    key,
    provider: owner.provider,
    project: owner.project,
    made_at: madeAt,
    bytes,
    finish: response.finish,
    input_tokens: response.inputTokens,
    output_tokens: response.outputTokens,
    text: response.text,
    accepted: response.accepted ? JSON.stringify(response.accepted) : null,
  };
  return { ...row, checksum: checksumOf(row) };
}

/** The row of an entry's note; null where it has none. */
export function noteRowOf({ key, note }: CacheEntry): ResponseNoteRow | null {
  return note ? { key, ...note } : null;
}

/** What a row holds; null where it is not what was written. */
export function heldOfRow(row: ResponseRow): HeldResponse | null {
  if (row.checksum !== checksumOf(row)) return null;
  return {
    response: {
      text: row.text,
      finish: row.finish,
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      ...(row.accepted === null ? {} : { accepted: JSON.parse(row.accepted) as AcceptedFrom }),
    },
    madeAt: row.made_at,
    bytes: row.bytes,
  };
}

function checksumOf(row: Omit<ResponseRow, 'checksum'>): number {
  const rest = `${row.key} ${row.finish} ${row.input_tokens} ${row.output_tokens} ${row.made_at}`;
  return crc32(row.accepted ?? '', crc32(row.text, crc32(rest)));
}
