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
  `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    instance TEXT NOT NULL,
    type TEXT NOT NULL,
    trace TEXT,
    data TEXT
  ) STRICT;
  `,
  `
  CREATE TABLE telemetry (
    instance TEXT PRIMARY KEY,
    door TEXT NOT NULL,
    pid INTEGER NOT NULL,
    at INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    health TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE episodes (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    at INTEGER NOT NULL,
    success INTEGER NOT NULL,
    reward REAL NOT NULL,
    latency_ms REAL,
    tokens INTEGER,
    embedded INTEGER NOT NULL,
    labels TEXT NOT NULL,
    task TEXT NOT NULL,
    critique TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL
  ) STRICT;
  CREATE INDEX episodes_session ON episodes (session, at);
  CREATE INDEX episodes_at ON episodes (at);
  CREATE INDEX episodes_unembedded ON episodes (key) WHERE embedded = 0;
  CREATE TABLE episode_labels (
    label TEXT NOT NULL,
    key INTEGER NOT NULL REFERENCES episodes (key) ON DELETE CASCADE,
    task INTEGER NOT NULL,
    success INTEGER NOT NULL,
    reward REAL NOT NULL,
    PRIMARY KEY (label, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX episode_labels_key ON episode_labels (key);
  CREATE TABLE episode_tasks (
    task INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    episodes INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    rewards REAL NOT NULL,
    reward_squares REAL NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE episode_text
    USING fts5(text, content='', contentless_delete=1, tokenize='porter unicode61');
  CREATE TABLE skills (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    embedded INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    prior REAL NOT NULL,
    uses INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    rewarded INTEGER NOT NULL,
    rewards REAL NOT NULL,
    timed INTEGER NOT NULL,
    latency_ms REAL NOT NULL,
    last_used_at INTEGER,
    description TEXT NOT NULL,
    content TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (name, version)
  ) STRICT;
  CREATE INDEX skills_unembedded ON skills (key) WHERE embedded = 0;
  CREATE VIRTUAL TABLE skill_text
    USING fts5(text, content='', contentless_delete=1, tokenize='porter unicode61');
  CREATE TABLE causal_edges (
    cause TEXT NOT NULL,
    effect TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (cause, effect)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE lessons (
    proposal_id TEXT PRIMARY KEY REFERENCES proposals (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    made TEXT,
    taught TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE lesson_projects (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    root TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (run_id, root)
  ) STRICT, WITHOUT ROWID;
  `,
];
