import { z } from 'zod';

/** Effects that every episode tells of itself; no label may have such a name. */
export const outcomes = ['success', 'reward'] as const;
/** One of {@link outcomes}. */
export type Outcome = (typeof outcomes)[number];

/** An id, of ours or the caller's. */
export const id = z.string().min(1).max(128);

/** A share, 0 to 1. */
export const share = z.number().min(0).max(1);

/** A time, in ms since 1970. */
export const time = z.int().min(0);

const maxJsonUnits = 65_536;

/** Plain JSON about something, of at most 65,536 characters. */
export const json = z
  .record(z.string().max(100), z.json())
  .refine((value) => JSON.stringify(value).length <= maxJsonUnits, {
    error: `it has more than ${maxJsonUnits} characters as JSON; keep less, or a reference to it`,
  });

/** A text that says something. */
export const words = z.string().max(10_000).regex(/\S/, 'it has no words');

/** The name of a condition that held, or did not. */
export const label = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !outcomes.some((outcome) => outcome === name), {
    error: 'success and reward are what episodes are judged by; choose another name',
  });

const maxNumbers = 8192;

/** A vector of at most 8192 numbers; an array is turned into one. */
export const vector = z
  .union(
    [
      z.custom<Float32Array>((value) => value instanceof Float32Array && isVectorLength(value)),
      z.array(z.number()).refine(isVectorLength),
    ],
    { error: `a vector is 1 to ${maxNumbers} finite numbers` },
  )
  .transform((numbers) => Float32Array.from(numbers));

function isVectorLength({ length }: { readonly length: number }): boolean {
  return length >= 1 && length <= maxNumbers;
}
