/** Each step of the store's schema, in order; a step that has shipped is never edited. */
export const migrations: readonly string[] = [
  `
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
  `,
  // Settings live in the configuration file.
  'DROP TABLE settings;',
  `
  CREATE TABLE vector_collections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL,
    size INTEGER NOT NULL,
    choice TEXT,
    snapshot TEXT
  ) STRICT;
  CREATE TABLE vectors (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES vector_collections (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (collection, id)
  ) STRICT;
  CREATE INDEX vectors_collection ON vectors (collection, key);
  CREATE TABLE vector_values (
    key INTEGER PRIMARY KEY REFERENCES vectors (key) ON DELETE CASCADE,
    vector BLOB NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE memories (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    tier INTEGER NOT NULL,
    type TEXT NOT NULL,
    text TEXT NOT NULL,
    importance REAL NOT NULL,
    confidence REAL NOT NULL,
    created_at INTEGER NOT NULL,
    accessed_at INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    decayed_at INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    vector_key INTEGER,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    provenance TEXT NOT NULL,
    vector BLOB
  ) STRICT;
  CREATE INDEX memories_tier ON memories (tier, accessed_at) WHERE settled = 1;
  CREATE INDEX memories_bare ON memories (key) WHERE vector_key IS NULL;
  CREATE INDEX memories_wordless ON memories (key) WHERE vector_key = 0;
  CREATE INDEX memories_renewed ON memories (vector_key) WHERE vector_key > key;
  CREATE TABLE memory_tags (
    tag TEXT NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (tag, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE memory_expired (key INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  CREATE VIRTUAL TABLE memory_text
    USING fts5(text, content='', contentless_delete=1, tokenize='porter unicode61');
  CREATE VIRTUAL TABLE memory_terms USING fts5vocab(memory_text, 'row');
  CREATE TABLE memory_state (
    last_key INTEGER NOT NULL,
    text_upto INTEGER NOT NULL,
    merged_upto INTEGER NOT NULL,
    seen_at INTEGER,
    lived_ms INTEGER NOT NULL
  ) STRICT;
  INSERT INTO memory_state VALUES (0, 0, 0, NULL, 0);
  CREATE TRIGGER memories_gone AFTER DELETE ON memories BEGIN
    UPDATE memory_state SET last_key = max(last_key, old.key, coalesce(old.vector_key, 0));
    DELETE FROM memory_expired WHERE key = old.key;
    DELETE FROM memory_tags WHERE key = old.key AND tag IN (SELECT value FROM json_each(old.tags));
    DELETE FROM memory_text
      WHERE rowid = old.key AND old.key <= (SELECT text_upto FROM memory_state);
  END;
  `,
];
