import { OmegaError } from '#shared/error.ts';

/** The id as a text; throws `INVALID_INPUT` for anything else that a caller without types gave. */
export function memoryId(id: unknown): string {
  if (typeof id === 'string') return id;
  const message = 'The id of a memory is a text; give the one that storing it answered with.';
  throw new OmegaError('INVALID_INPUT', message);
}
