import type { Clock } from '#main/core/clock.ts';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { type CheckResult, healthy } from '#main/core/lifecycle/subsystem.ts';
import type { Live } from '#main/core/live.ts';
import type { Config } from '#shared/config.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { Meaning } from './meaning.ts';
import type { StoragePart } from './storage-part.ts';

/** What a part stands on that keeps rows and finds them by meaning. */
export type UpperPartOptions = {
  readonly storage: StoragePart;
  readonly meaning: Meaning;
  /** Names of the parts that must run before it. */
  readonly needs: readonly string[];
  readonly config: Live<Config>;
  readonly clock: Clock;
  readonly board: DegradationBoard;
  readonly emit: (event: RuntimeEvent) => void;
};

/** What a trial of such a part comes to that works: what those below it lack, it lacks too. */
export function worksAs(name: string, board: DegradationBoard): CheckResult {
  // A slow search is an answer like any other; the vectors say that it is slow.
  const lacking = board
    .list()
    .find(({ subsystem, level }) => subsystem === name && level !== 'exact-scan');
  return lacking ? { status: 'degraded', reason: lacking.reason } : healthy;
}
