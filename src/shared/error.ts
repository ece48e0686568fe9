import { z } from 'zod';

/** Every code a door can answer with. A code is part of the contract: add, never rename. */
export const errorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'NOT_READABLE',
  'NOT_WRITABLE',
  'CONFLICT',
  'REFUSED',
  'CANCELLED',
  'TIMEOUT',
  'NO_SPACE',
  'UNAUTHORIZED',
  'UNAVAILABLE',
  'CIRCUIT_OPEN',
  'SUBSYSTEM_DEGRADED',
  'NOT_RUNNING',
  'NOT_AVAILABLE',
  'CAPABILITY_NOT_REACHED',
  'INTERNAL',
] as const;

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses a door: plain data, with a message that says what to do next. */
export const errorDataSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** See {@link errorDataSchema}. */
export type ErrorData = z.infer<typeof errorDataSchema>;

/** What every route answers; no route throws across a door. */
export type Result<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: ErrorData };

/** The one error class of the product; carries what {@link ErrorData} needs, and its cause. */
export class OmegaError extends Error {
  override readonly name = 'OmegaError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly cause?: unknown;
      readonly retryable?: boolean;
      readonly details?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }

  /** The plain form that crosses a door; never holds the stack or the cause. */
  toData(): ErrorData {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.details ? { details: { ...this.details } } : {}),
    };
  }
}
