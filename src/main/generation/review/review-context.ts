import type { Clock } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import type { Logger } from '#main/core/logger.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { Config } from '#shared/config.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { GenerationPorts } from '../ports.ts';
import type { ProjectFiles } from './project-files.ts';

/** What the review stands on. */
export type ReviewContext = {
  readonly storage: Storage;
  readonly config: Live<Config>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ports: GenerationPorts;
  readonly files: ProjectFiles;
  readonly emit: (event: OmegaEvent) => void;
};
