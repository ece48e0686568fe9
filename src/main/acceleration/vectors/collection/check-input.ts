import type { VectorRecord } from '#main/storage/vectors/vector-rows.ts';
import { OmegaError } from '#shared/error.ts';
import { unitRows } from './unit-rows.ts';

const maxRecords = 10_000;
const maxIdUnits = 512;
const maxMetadataUnits = 65_536;
const maxHits = 1_000;

/** Throws `INVALID_INPUT` for records that a collection cannot hold; it then holds none of them. */
export function checkRecords(records: readonly VectorRecord[], dimensions: number): void {
  if (records.length > maxRecords) {
    throw refused(`Write at most ${maxRecords} vectors a call; send several.`);
  }
  for (const { id, vector, metadata } of records) {
    if (id.length === 0 || id.length > maxIdUnits) {
      throw refused(`The id of a vector has 1 to ${maxIdUnits} characters, not ${id.length}.`);
    }
    if (vector.length !== dimensions) {
      throw refused(
        `The vector "${id}" has ${vector.length} numbers; this collection holds ${dimensions}.`,
      );
    }
    unitRows(vector, dimensions);
    if (jsonUnits(metadata) > maxMetadataUnits) {
      throw refused(
        `The metadata of "${id}" are no JSON of at most ${maxMetadataUnits} characters.`,
      );
    }
  }
}

/** Throws `INVALID_INPUT` unless so many results can be asked for. */
export function checkCount(k: number): void {
  if (!Number.isInteger(k) || k < 1 || k > maxHits) {
    throw refused(`A search gives 1 to ${maxHits} results, not ${k}.`);
  }
}

function jsonUnits(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function refused(message: string): OmegaError {
  return new OmegaError('INVALID_INPUT', message);
}
