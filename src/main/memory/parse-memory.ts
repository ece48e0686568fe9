import type { z } from 'zod';
import { parseInput } from '#main/core/parse-input.ts';
import { OmegaError } from '#shared/error.ts';

/** Characters of metadata as JSON. */
const maxMetadataUnits = 65_536;

/** See {@link parseInput}; also refuses metadata that are too much to keep in a row. */
export function parseMemory<
  S extends z.ZodType<{ readonly metadata?: Readonly<Record<string, unknown>> | undefined }>,
>(schema: S, operation: string, input: unknown): z.output<S> {
  const parsed = parseInput(schema, operation, input);
  if (jsonUnits(parsed.metadata ?? {}) <= maxMetadataUnits) return parsed;
  const message = `The metadata in ${operation} have more than ${maxMetadataUnits} characters as JSON; store less, or a reference to it.`;
  throw new OmegaError('INVALID_INPUT', message);
}

function jsonUnits(value: object): number {
  for (const _ in value) return JSON.stringify(value).length;
  return 2;
}
