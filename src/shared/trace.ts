import { z } from 'zod';

/** A trace id as W3C trace-context writes it: 16 bytes in hexadecimal, lower case, not all zero. */
export const traceIdSchema = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/);
