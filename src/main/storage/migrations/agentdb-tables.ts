/** Episodes, skills and causes. */
export const agentdbTables = `
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
`;
