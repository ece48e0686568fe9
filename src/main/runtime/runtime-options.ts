import type { AccelerationOptions } from '#main/acceleration/acceleration.ts';
import type { Clock } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import type { Config } from '#shared/config.ts';
import type { RuntimeEvent } from '#shared/events.ts';

/** What a runtime is made with. */
export type RuntimeOptions = {
  /** Absolute; made where it is missing. */
  readonly dataFolder: string;
  readonly config: Live<Config>;
  /** How compute processes start and where the models are; without it nothing is found by meaning. */
  readonly acceleration?: Pick<AccelerationOptions, 'spawn' | 'modelsFolder'> | undefined;
  readonly emit?: (event: RuntimeEvent) => void;
  readonly clock?: Clock;
};
