import type { Clock } from '#main/core/clock.ts';
import type { Logger } from '#main/core/logger.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { GenerationPorts } from '../ports.ts';
import type { ProjectFiles } from './project-files.ts';

/** What the review stands on. */
export type ReviewContext = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ports: GenerationPorts;
  readonly files: ProjectFiles;
  readonly emit: (event: OmegaEvent) => void;
};
