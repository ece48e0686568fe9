import type { z } from 'zod';
import { OmegaError } from '#shared/error.ts';

const maxIssues = 20;

/** What the schema makes of the input of `operation`; throws `INVALID_INPUT` that says where it is wrong. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  operation: string,
  input: unknown,
): z.output<S> {
  const parsed = safely(schema, operation, input ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, maxIssues).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const [first] = issues;
  const where = first?.path ? ` at "${first.path}"` : '';
  const message = `The input of ${operation} is not valid${where}: ${first?.message ?? 'unknown'}.`;
  throw new OmegaError('INVALID_INPUT', message, { details: { issues } });
}

function safely<S extends z.ZodType>(schema: S, operation: string, input: unknown) {
  try {
    return schema.safeParse(input);
  } catch (cause) {
    // JSON that is nested thousands deep ends the parser's stack.
    const message = `The input of ${operation} cannot be read; nest it less deeply.`;
    throw new OmegaError('INVALID_INPUT', message, { cause });
  }
}
