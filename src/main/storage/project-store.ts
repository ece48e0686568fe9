import type { Database, Statement } from 'better-sqlite3';
import type { Project } from '#shared/contract.ts';

type Row = {
  readonly root: string;
  readonly name: string;
  readonly added_at: number;
  readonly sample: number;
};

/** The folders that the user has added, oldest first. */
export class ProjectStore {
  readonly #list: Statement<[], Row>;
  readonly #get: Statement<[string], Row>;
  readonly #add: Statement<[string, string, number, number]>;
  readonly #remove: Statement<[string]>;

  constructor(db: Database) {
    this.#list = db.prepare('SELECT * FROM projects ORDER BY added_at, root');
    this.#get = db.prepare('SELECT * FROM projects WHERE root = ?');
    this.#add = db.prepare(
      'INSERT INTO projects (root, name, added_at, sample) VALUES (?, ?, ?, ?) ON CONFLICT (root) DO UPDATE SET name = excluded.name',
    );
    this.#remove = db.prepare('DELETE FROM projects WHERE root = ?');
  }

  list(): readonly Project[] {
    return this.#list.all().map(toProject);
  }

  /** Adds a project; one that is there keeps its date. Returns what is stored. */
  add(project: Project): Project {
    this.#add.run(project.root, project.name, project.addedAt, project.sample ? 1 : 0);
    const row = this.#get.get(project.root);
    return row ? toProject(row) : project;
  }

  /** Forgets a project, not its files; whether it was there. */
  remove(root: string): boolean {
    return this.#remove.run(root).changes > 0;
  }
}

function toProject(row: Row): Project {
  return { root: row.root, name: row.name, addedAt: row.added_at, sample: row.sample === 1 };
}
