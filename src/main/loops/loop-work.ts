import type { Loop } from './engine/loop.ts';

/** What the runtime's loops are given to work on, once the app has it. */
export type LoopWork = {
  /** The loops whose ports are there, at most one of each type. The others answer `NOT_AVAILABLE`. */
  readonly loops: readonly Loop[];
  /** What goes on for users, as a clause ("a run is under way"), for which loops hold back; or null. */
  readonly usersWork: () => string | null;
};

/** Nothing to work on: how it is before the app gives something. */
export const noWork: LoopWork = { loops: [], usersWork: () => null };
