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

/** Plain JSON about something. */
export const json = z.record(z.string().max(100), z.json());

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

/** A vector; an array of numbers is turned into one. */
export const vector = z
  .union([
    z.custom<Float32Array>((value) => value instanceof Float32Array),
    z.array(z.number()).min(1).max(8192),
  ])
  .transform((numbers) => Float32Array.from(numbers));
