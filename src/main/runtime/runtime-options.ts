import type { AccelerationOptions } from '#main/acceleration/acceleration.ts';
import type { Clock } from '#main/core/clock.ts';
import type { EventBus } from '#main/core/events/event-bus.ts';
import type { Live } from '#main/core/live.ts';
import type { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import type { Config, ConfigChange } from '#shared/config.ts';

/** What a runtime is made with. */
export type RuntimeOptions = {
  /** Absolute; made where it is missing. */
  readonly dataFolder: string;
  readonly config: Live<Config>;
  /** How compute processes start and where the models are; without it nothing is found by meaning. */
  readonly acceleration?: Pick<AccelerationOptions, 'spawn' | 'modelsFolder'> | undefined;
  /** Where events go, and subscribers listen; a bus of its own where absent. */
  readonly bus?: EventBus;
  /** Where calls are counted; a recorder of its own where absent. */
  readonly operations?: OperationRecorder;
  /** Whether the loops run by themselves too, and not on demand alone; they do where absent. */
  readonly loopsByThemselves?: boolean;
  /** Writes settings, all or none; without it no intelligence can be applied. */
  readonly setConfig?: (change: ConfigChange) => Promise<unknown>;
  readonly clock?: Clock;
};
