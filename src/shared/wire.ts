import { z } from 'zod';
import type { OmegaEvent } from './contract.ts';
import { type ErrorData, errorDataSchema, type Result } from './error.ts';
import { traceIdSchema } from './trace.ts';

/** Path of the WebSocket endpoint of the browser door. */
export const socketPath = '/ws';

/** Most bytes that a client may send in one frame; a larger one closes the connection with 1009. */
export const maxFrameBytes = 2 * 1024 * 1024;

/** Calls that one client may have in flight; one more is refused at once. */
export const maxCallsInFlight = 256;

/** Time in which events are gathered before they are sent: one frame of a 60 Hz screen, in ms. */
export const frameMs = 16;

/** Identifies a call within its connection; chosen by the client, free again once answered. */
export const callIdSchema = z.int().min(1);

/** A call as it crosses a door. The route's own schema parses `input` behind the door. */
export const callSchema = z
  .object({
    route: z.string().min(1).max(64),
    input: z.unknown().optional(),
    /** The trace that it is part of; a new one where absent. */
    trace: traceIdSchema.optional(),
  })
  .strict();

/** Asks for a call; answered by one frame with the same id. */
export const callFrameSchema = callSchema.extend({ id: callIdSchema }).strict();

/** Aborts a call that is in flight; an id that is not is ignored, since the answer may be on its way. */
export const cancelFrameSchema = z.object({ cancel: callIdSchema }).strict();

/** Every text frame that a client may send. */
export const clientFrameSchema = z.union([callFrameSchema, cancelFrameSchema]);
/** See {@link clientFrameSchema}. */
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** An answer as the client reads it; `data` is typed by the contract, since it comes from our own server. */
const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorDataSchema }),
]);

/** Every text frame that the server sends; `error` alone answers a frame without a readable id. */
export const serverFrameSchema = z.union([
  z.object({ id: callIdSchema, result: resultSchema }),
  z.object({ events: z.array(z.custom<OmegaEvent>((event) => typeof event === 'object')) }),
  z.object({ error: errorDataSchema }),
]);

/** See {@link serverFrameSchema}. */
export type ServerFrame =
  | { readonly id: number; readonly result: Result<unknown> }
  | { readonly events: readonly OmegaEvent[] }
  | { readonly error: ErrorData };
