import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';

/**
 * What a Laravel application needs beside its commands: the migration of its database, and the folder
 * that it stores files in, where its SQLite database is kept too if it uses one.
 */
export function readLaravelNeeds(draft: Draft, tree: ProjectTree): void {
  const migrations = tree.under(inFolder(draft.path, 'database/migrations'));
  const [first] = migrations;
  if (first) draft.releases('php artisan migrate --force', { file: first, line: 1 });
  const disks = tree.firstIn(draft.path, ['config/filesystems.php', 'artisan']);
  if (disks) draft.keepsData(inFolder(draft.path, 'storage/app'), { file: disks, line: 1 });
}
