import type { z } from 'zod';
import { OmegaError } from '#shared/error.ts';

const maxIssues = 20;
/** Characters of metadata as JSON. */
const maxMetadataUnits = 65_536;

/** Parses what a caller gave; throws `INVALID_INPUT` that says where it is wrong. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.output<Schema> {
  const parsed = safely(schema, input, what);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, maxIssues).map(({ path, message }) => ({
      path: path.map(String).join('.'),
      message,
    }));
    const [first] = issues;
    const where = first?.path ? ` at "${first.path}"` : '';
    const message = `The ${what} is not valid${where}: ${first?.message ?? 'unknown'}.`;
    throw new OmegaError('INVALID_INPUT', message, { details: { issues } });
  }
  const { metadata } = parsed.data as { readonly metadata?: unknown };
  if (metadata !== undefined && jsonUnits(metadata) > maxMetadataUnits) {
    const message = `The metadata of the ${what} have more than ${maxMetadataUnits} characters as JSON; store less, or a reference to it.`;
    throw new OmegaError('INVALID_INPUT', message);
  }
  return parsed.data;
}

function safely<Schema extends z.ZodType>(schema: Schema, input: unknown, what: string) {
  try {
    return schema.safeParse(input);
  } catch (cause) {
    // JSON that is nested thousands deep ends the parser's stack.
    const message = `The ${what} cannot be read; nest its metadata less deeply.`;
    throw new OmegaError('INVALID_INPUT', message, { cause });
  }
}

function jsonUnits(value: unknown): number {
  for (const _ in value as object) return JSON.stringify(value).length;
  return 2;
}
