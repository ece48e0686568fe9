import { z } from 'zod';
import { deviceNames } from '#shared/devices.ts';
import { errorDataSchema } from '#shared/error.ts';
import { traceIdSchema } from '#shared/trace.ts';

/** Most texts in one request; longer lists are sent as several. */
export const maxTextsPerRequest = 64;
/** Most UTF-16 units of one text that reach the tokenizer. */
export const maxTextUnits = 16_384;

/** How a compute process opens its sessions; the first message that it gets. */
export const computeOptionsSchema = z.object({
  /** Folder of `manifest.json` and of a folder for each model; absolute. */
  modelsFolder: z.string().min(1).max(4096),
  device: z.enum(deviceNames),
  /** Sessions side by side, each in a thread of its own. */
  slots: z.int().min(1).max(16),
  /** Threads that onnxruntime uses within one session. */
  threads: z.int().min(1).max(64),
});

/** See {@link computeOptionsSchema}. */
export type ComputeOptions = z.infer<typeof computeOptionsSchema>;

const id = z.int().min(0);

/** What a compute process is told. */
export const toComputeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), options: computeOptionsSchema }),
  z.object({
    type: z.literal('embed'),
    id,
    texts: z.array(z.string().max(maxTextUnits)).max(maxTextsPerRequest),
    /** The call that it is for. */
    trace: traceIdSchema.nullable().default(null),
  }),
  z.object({ type: z.literal('cancel'), id }),
]);

/** See {@link toComputeSchema}. */
export type ToCompute = z.infer<typeof toComputeSchema>;

/** What a compute process answers. `vectors` holds row after row, 384 numbers each. */
export const fromComputeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('embedded'),
    id,
    vectors: z.custom<Float32Array>((value) => value instanceof Float32Array),
    device: z.enum(deviceNames),
    /** Rows of one run of the session, as measured to be best there. */
    batchRows: z.int().min(1),
  }),
  z.object({ type: z.literal('failed'), id, error: errorDataSchema }),
]);

/** See {@link fromComputeSchema}. */
export type FromCompute = z.infer<typeof fromComputeSchema>;

/** The answer to an `embed` request. */
export type Embedded = Extract<FromCompute, { type: 'embedded' }>;
