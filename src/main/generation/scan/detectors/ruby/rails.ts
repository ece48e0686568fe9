import type { Draft, Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';

/**
 * What a Rails application needs in production without its sources naming it: the key that opens its
 * credentials or, where it has none, the base of its keys; and a database.yml.
 */
export async function readRailsNeeds(
  draft: Draft,
  tree: ProjectTree,
  gems: ReadonlyMap<string, Place>,
): Promise<void> {
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
  const lite = gems.get('sqlite3');
  const stored = driver ?? lite;
  if (stored) draft.releases('bundle exec rails db:prepare', stored);
  const sample = tree.firstIn(draft.path, [
    'config/database.yml.sample',
    'config/database.yml.example',
    'config/database.example.yml',
  ]);
  if (lite && !driver) {
    await readSqliteFolder(
      draft,
      tree,
      tree.firstIn(draft.path, ['config/database.yml']) ?? sample,
    );
  }
  if (sample !== null && !tree.has(at('config/database.yml'))) {
    draft.unknown(
      'backingServices',
      `There is no config/database.yml: copy ${sample} to it and set up the database, without which Rails does not start.`,
    );
  }
}

/** Where Rails keeps the files of SQLite: the folder that database.yml names for production, by custom `storage`. */
async function readSqliteFolder(
  draft: Draft,
  tree: ProjectTree,
  file: string | null,
): Promise<void> {
  const text = file === null ? '' : ((await tree.read(file)) ?? '');
  const from = /^production:/m.exec(text)?.index ?? 0;
  const path = /\bdatabase:\s*["']?([\w-]+)\/[\w./-]+\.sqlite3?\b/.exec(text.slice(from));
  const folder = path?.[1] ?? 'storage';
  const line = path ? text.slice(0, from + path.index).split('\n').length : 1;
  const at = { file: file ?? inFolder(draft.path, 'config/application.rb'), line };
  // That folder holds the migrations too, which every version brings anew.
  if (folder !== 'db') draft.keepsData(inFolder(draft.path, folder), at);
  else {
    draft.unknown(
      'dataFolders',
      `${at.file}:${line} keeps the database in the folder of the migrations: move it to storage, so that a volume can hold it.`,
    );
  }
}

/** Queues that take the address of Redis from the environment by themselves. */
export function readQueueNeeds(draft: Draft, gems: ReadonlyMap<string, Place>): void {
  const queue = gems.get('sidekiq') ?? gems.get('resque');
  if (queue) draft.reads({ name: 'REDIS_URL', required: false, ...queue });
}
