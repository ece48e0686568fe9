import type { Draft, Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';

/**
 * What a Rails application needs in production without its sources naming it: the key that opens its
 * credentials or, where it has none, the base of its keys; and a database.yml.
 */
export function readRailsNeeds(
  draft: Draft,
  tree: ProjectTree,
  gems: ReadonlyMap<string, Place>,
): void {
  const at = (name: string): string => inFolder(draft.path, name);
  const credentials = tree.firstIn(draft.path, [
    'config/credentials/production.yml.enc',
    'config/credentials.yml.enc',
  ]);
  draft.reads({
    name: credentials === null ? 'SECRET_KEY_BASE' : 'RAILS_MASTER_KEY',
    required: true,
    file: credentials ?? at('config/application.rb'),
    line: 1,
  });
  const driver = ['pg', 'mysql2', 'trilogy'].map((gem) => gems.get(gem)).find((one) => one);
  // Rails takes it by itself, over what database.yml says.
  if (driver) draft.reads({ name: 'DATABASE_URL', required: false, ...driver });
  const sample = tree.firstIn(draft.path, [
    'config/database.yml.sample',
    'config/database.yml.example',
    'config/database.example.yml',
  ]);
  if (sample !== null && !tree.has(at('config/database.yml'))) {
    draft.unknown(
      'backingServices',
      `There is no config/database.yml: copy ${sample} to it and set up the database, without which Rails does not start.`,
    );
  }
}

/** Queues that take the address of Redis from the environment by themselves. */
export function readQueueNeeds(draft: Draft, gems: ReadonlyMap<string, Place>): void {
  const queue = gems.get('sidekiq') ?? gems.get('resque');
  if (queue) draft.reads({ name: 'REDIS_URL', required: false, ...queue });
}
