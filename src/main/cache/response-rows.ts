import { crc32 } from 'node:zlib';
import type { ResponseRow } from '#main/storage/response-store.ts';
import type { HeldResponse } from './recent-responses.ts';
import type { CachedResponse, CacheEntry } from './response-cache.ts';

/** What a row takes beside its text: key, owner, numbers and its places in five indexes. */
const rowBytes = 512;

/** An answer as it is held, with what it counts for. */
export function heldOf(response: CachedResponse, madeAt: number): HeldResponse {
  return { response, madeAt, bytes: Buffer.byteLength(response.text) + rowBytes };
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
  };
  return { ...row, checksum: checksumOf(row) };
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
    },
    madeAt: row.made_at,
    bytes: row.bytes,
  };
}

function checksumOf(row: Omit<ResponseRow, 'checksum'>): number {
  const rest = `${row.key} ${row.finish} ${row.input_tokens} ${row.output_tokens} ${row.made_at}`;
  return crc32(row.text, crc32(rest));
}
