import type { BackingService } from '#shared/scan.ts';
import { brokers } from './backing/brokers.ts';
import { relational } from './backing/relational.ts';
import type { BackingSpec } from './backing/spec.ts';
import { stores } from './backing/stores.ts';

/**
 * Each system in a pinned current version; the health check uses a program of its image. Tags of
 * Docker's official images are those that github.com/docker-library/official-images lists (August
 * 2026); the others were seen in public Compose files and Dockerfiles of that summer.
 */
export const backingSpecs: Readonly<Record<BackingService, BackingSpec>> = {
  ...relational,
  ...stores,
  ...brokers,
};
