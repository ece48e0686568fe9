/** Projects, runs and what they propose, and what undo needs. */
export const appTables = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE projects (
    root TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    sample INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    request TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    failures TEXT NOT NULL,
    owner TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runs_created ON runs (created_at DESC);
  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    root TEXT NOT NULL,
    service TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    error TEXT,
    files INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX jobs_run ON jobs (run_id, seq);
  CREATE TABLE proposals (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    root TEXT NOT NULL,
    service TEXT,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    base TEXT,
    base_hash TEXT,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    findings TEXT NOT NULL,
    provenance TEXT NOT NULL
  ) STRICT;
  CREATE INDEX proposals_run ON proposals (run_id, seq);
  CREATE INDEX proposals_job ON proposals (job_id);
  CREATE TABLE checkpoints (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    root TEXT NOT NULL,
    run_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    undone_at INTEGER
  ) STRICT;
  CREATE INDEX checkpoints_root ON checkpoints (root, seq);
  CREATE TABLE checkpoint_files (
    checkpoint_id TEXT NOT NULL REFERENCES checkpoints (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    before BLOB,
    before_hash TEXT,
    after BLOB NOT NULL,
    after_hash TEXT NOT NULL,
    mode INTEGER,
    made_folders TEXT NOT NULL,
    provenance TEXT NOT NULL,
    PRIMARY KEY (checkpoint_id, path)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE journal (
    checkpoint_id TEXT PRIMARY KEY REFERENCES checkpoints (id) ON DELETE CASCADE,
    root TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    started_at INTEGER NOT NULL
  ) STRICT;
`;
